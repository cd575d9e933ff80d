// What recurrent and convolutional networks share: all but an encoder, a decoder, and one step of it.
#pragma once
#include "nn/row_state.h"
#include "nn/sequence_model.h"
#include "nn/token_table.h"

namespace mynah::nn {

/// A network over one table, whose rows are RowStates. The registered names are "embedding" and "output_bias".
class TiedModel : public SequenceModel {
 public:
  /// Parameters come uninitialised.
  TiedModel(const model::Shape& shape, const Dropout& dropout);

  std::unique_ptr<Memory> encode(const Padded& source) final;
  Loss loss(const Memory& memory, const Padded& target, const LossOptions& options) final;
  Tensor log_probabilities(const Memory& memory, const Padded& target) final;
  Inside inside(const Memory& memory, const Padded& target) final;
  std::unique_ptr<State> start(const Memory& memory) final;
  void read(State& state, const Padded& tokens) final;
  Tensor step(State& state, const Tensor& tokens) final;
  void seed_dropout(std::uint64_t seed) final { seed_ = seed; }

 protected:
  /// What encoders leave: states behind one another, as their sentences stand.
  struct Encoded final : Memory {
    explicit Encoded(const Padded& source) : sentences(source) {}
    Segments sentences;
    Tensor states;     // [source tokens, features]
    Tensor embedding;  // [source tokens, d_model], where a decoder looks at it too
  };

  /// Fills memory.states from ids [source tokens].
  virtual void encode_source(const Tensor& ids, Encoded& memory, DropoutPass& pass) = 0;
  /// Teacher forcing: inputs [tokens], start tokens first → [tokens, d_model], what the table makes logits of. `attention`,
  /// where wished, receives the last layer's: [batch, longest target, longest source].
  virtual Tensor decode_target(const Tensor& inputs, const Segments& targets, const Encoded& memory, DropoutPass& pass,
                               Tensor* attention) = 0;
  /// One row per sentence of `memory`, nothing read yet.
  virtual std::unique_ptr<RowState> start_rows(const Encoded& memory) = 0;
  /// One token per row: tokens [rows] → [rows, d_model]
  virtual Tensor advance_rows(RowState& state, const Tensor& tokens) = 0;

  const Dropout& dropout_rates() const { return dropout_; }
  TokenTable& table() { return embedding_; }

 private:
  Tensor decode(const Memory& memory, const Padded& target, const Segments& sentences, Tensor* attention = nullptr);
  DropoutPass dropout_pass(std::uint64_t stream) const;

  Dropout dropout_;
  std::uint64_t seed_ = 0;
  TokenTable embedding_;
  Tensor output_bias_;  // [vocabulary]
};

}  // namespace mynah::nn
