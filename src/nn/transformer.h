// The Transformer (Vaswani et al. 2017), encoder and decoder.
#pragma once
#include "nn/decoder.h"
#include "nn/embedding.h"
#include "nn/encoder.h"
#include "nn/sequence_model.h"

namespace mynah::nn {

/// One table embeds source and target and, with `output_bias`, makes the logits; `<pad>`, the last id, starts the decoder.
class Transformer final : public SequenceModel {
 public:
  /// Parameters come uninitialised: build() draws or loads them.
  Transformer(const model::Shape& shape, const Dropout& dropout);

  std::unique_ptr<Memory> encode(const Padded& source) override;
  Loss loss(const Memory& memory, const Padded& target, const LossOptions& options) override;
  Tensor log_probabilities(const Memory& memory, const Padded& target) override;
  Inside inside(const Memory& memory, const Padded& target) override;
  std::unique_ptr<State> start(const Memory& memory) override;
  void read(State& state, const Padded& tokens) override;
  Tensor step(State& state, const Tensor& tokens) override;
  void seed_dropout(std::uint64_t seed) override { seed_ = seed; }

 private:
  /// ids [batch, length], of which `sentences` are read → [tokens, d_model]
  Tensor embed(const Tensor& ids, const Segments& sentences, DropoutPass& pass);
  Tensor decode(const Memory& memory, const Padded& target, const Segments& sentences, Tensor* attention = nullptr);
  DropoutPass dropout_pass(std::uint64_t stream) const;

  Dropout dropout_;
  std::uint64_t seed_ = 0;
  Embedding embedding_;
  Encoder encoder_;
  Decoder decoder_;
  Tensor output_bias_;  // [vocabulary]
};

}  // namespace mynah::nn
