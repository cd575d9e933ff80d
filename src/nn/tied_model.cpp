#include "nn/tied_model.h"

#include "nn/softmax_loss.h"

namespace mynah::nn {
namespace {

enum Stream : std::uint64_t { kEncoderStream, kDecoderStream };

}  // namespace

TiedModel::TiedModel(const model::Shape& shape, const Dropout& dropout)
    : dropout_(dropout),
      embedding_(register_module("embedding", TokenTable(shape.vocabulary, shape.d_model))),
      output_bias_(register_parameter("output_bias", torch::empty({shape.vocabulary}))) {}

std::unique_ptr<Memory> TiedModel::encode(const Padded& source) {
  auto memory = std::make_unique<Encoded>(source);
  DropoutPass pass = dropout_pass(kEncoderStream);
  encode_source(memory->sentences.pack(source.ids), *memory, pass);
  return memory;
}

Loss TiedModel::loss(const Memory& memory, const Padded& target, const LossOptions& options) {
  const Segments sentences(target);
  const Tensor ids = sentences.pack(target.ids), states = decode(memory, target, sentences);  // [tokens], [tokens, d_model]
  const SoftmaxLoss loss =
      softmax_loss(states, embedding_->weight(), output_bias_, ids, embedding_->pad(), options.label_smoothing);
  return {loss.total, loss.cross_entropy, ids.size(0), {}};
}

Tensor TiedModel::log_probabilities(const Memory& memory, const Padded& target) {
  const Segments sentences(target);
  return embedding_->logits(sentences.pad(decode(memory, target, sentences)), output_bias_).log_softmax(-1);
}

Inside TiedModel::inside(const Memory& memory, const Padded& target) {
  Inside inside;
  decode(memory, target, Segments(target), &inside.attention);
  return inside;
}

std::unique_ptr<State> TiedModel::start(const Memory& memory) { return start_rows(dynamic_cast<const Encoded&>(memory)); }

void TiedModel::read(State& state, const Padded& tokens) {
  auto& rows = dynamic_cast<RowState&>(state);
  for (std::int64_t place = 0; place < tokens.ids.size(1); ++place) {
    const std::vector<Tensor> before = rows.arrays();
    advance_rows(rows, tokens.ids.select(1, place));
    rows.keep_changes(tokens.lengths > place, before);
  }
}

Tensor TiedModel::step(State& state, const Tensor& tokens) {
  return embedding_->logits(advance_rows(dynamic_cast<RowState&>(state), tokens), output_bias_);
}

Tensor TiedModel::decode(const Memory& memory, const Padded& target, const Segments& sentences, Tensor* attention) {
  DropoutPass pass = dropout_pass(kDecoderStream);
  const Tensor inputs = sentences.pack(decoder_inputs(target, embedding_->pad()));
  return decode_target(inputs, sentences, dynamic_cast<const Encoded&>(memory), pass, attention);
}

DropoutPass TiedModel::dropout_pass(std::uint64_t stream) const {
  return is_training() ? DropoutPass(dropout_, mix64(seed_ ^ mix64(stream))) : DropoutPass();
}

}  // namespace mynah::nn
