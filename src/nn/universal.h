// The Universal Transformer (Dehghani et al. 2019): one block reused in depth, which positions may leave early.
#pragma once
#include "nn/embedding.h"
#include "nn/sequence_model.h"
#include "nn/universal_decoder.h"
#include "nn/universal_encoder.h"

namespace mynah::nn {

/// One table embeds source and target and, with `output_bias`, makes the logits; `<pad>`, the last id, starts the decoder.
class Universal final : public SequenceModel {
 public:
  /// Parameters come uninitialised: build() draws or loads them.
  Universal(const model::Shape& shape, const Dropout& dropout);

  std::unique_ptr<Memory> encode(const Padded& source) override;
  /// With halting, the part "ponder" is what both sides took (see Refined); the total holds it times `options.ponder_weight`.
  Loss loss(const Memory& memory, const Padded& target, const LossOptions& options) override;
  Tensor log_probabilities(const Memory& memory, const Padded& target) override;
  Inside inside(const Memory& memory, const Padded& target) override;
  std::unique_ptr<State> start(const Memory& memory) override;
  void read(State& state, const Padded& tokens) override;
  Tensor step(State& state, const Tensor& tokens) override;
  void seed_dropout(std::uint64_t seed) override { seed_ = seed; }

 private:
  Refined decode(const Memory& memory, const Padded& target, const Segments& sentences, Tensor* attention = nullptr);
  /// Positions of packed sentences.
  Coordinates coordinates(const Segments& sentences, std::int64_t most_steps);
  Tensor embed(const Tensor& ids, DropoutPass& pass);
  DropoutPass dropout_pass(std::uint64_t stream) const;

  std::int64_t encoder_steps_, decoder_steps_;
  Dropout dropout_;
  std::uint64_t seed_ = 0;
  Embedding embedding_;
  UniversalEncoder encoder_;
  UniversalDecoder decoder_;
  Tensor output_bias_;  // [vocabulary]
};

}  // namespace mynah::nn
