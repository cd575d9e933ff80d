#include "nn/universal.h"

#include "nn/dropout.h"
#include "nn/positions.h"
#include "nn/softmax_loss.h"

namespace mynah::nn {
namespace {

enum Stream : std::uint64_t { kEncoderStream, kDecoderStream };

struct UniversalMemory final : Memory {
  explicit UniversalMemory(const Padded& source) : sentences(source) {}
  Segments sentences;
  Refined refined;  // of [source tokens]
};

const UniversalMemory& own(const Memory& memory) { return dynamic_cast<const UniversalMemory&>(memory); }

/// Steps of packed positions [tokens] → [batch, length], 0 where padding stands.
Tensor padded_steps(const Segments& sentences, const Tensor& steps) { return sentences.pad(steps.unsqueeze(1)).squeeze(2); }

}  // namespace

Universal::Universal(const model::Shape& shape, const Dropout& dropout)
    : encoder_steps_(shape.encoder_layers),
      decoder_steps_(shape.decoder_layers),
      dropout_(dropout),
      embedding_(register_module("embedding", Embedding(shape.vocabulary, shape.d_model, shape.max_positions))),
      encoder_(register_module("encoder", UniversalEncoder(shape))),
      decoder_(register_module("decoder", UniversalDecoder(shape))),
      output_bias_(register_parameter("output_bias", torch::empty({shape.vocabulary}))) {}

std::unique_ptr<Memory> Universal::encode(const Padded& source) {
  auto memory = std::make_unique<UniversalMemory>(source);
  DropoutPass pass = dropout_pass(kEncoderStream);
  const Segments& sentences = memory->sentences;
  memory->refined =
      encoder_->forward(embed(sentences.pack(source.ids), pass), sentences, coordinates(sentences, encoder_steps_), pass);
  return memory;
}

Loss Universal::loss(const Memory& memory, const Padded& target, const LossOptions& options) {
  const Segments sentences(target);
  const Tensor ids = sentences.pack(target.ids);  // [tokens]
  const Refined refined = decode(memory, target, sentences);
  const SoftmaxLoss loss =
      softmax_loss(refined.states, embedding_->weight(), output_bias_, ids, embedding_->pad(), options.label_smoothing);
  if (!refined.ponder.defined()) return {loss.total, loss.cross_entropy, ids.size(0), {}};
  const Tensor ponder = own(memory).refined.ponder + refined.ponder;
  return {loss.total + options.ponder_weight * ponder, loss.cross_entropy, ids.size(0), {{"ponder", ponder}}};
}

Tensor Universal::log_probabilities(const Memory& memory, const Padded& target) {
  const Segments sentences(target);
  return embedding_->logits(sentences.pad(decode(memory, target, sentences).states), output_bias_).log_softmax(-1);
}

Inside Universal::inside(const Memory& memory, const Padded& target) {
  Inside inside;
  const Segments sentences(target);
  const Refined refined = decode(memory, target, sentences, &inside.attention);
  inside.encoder_steps = padded_steps(own(memory).sentences, own(memory).refined.steps);
  inside.decoder_steps = padded_steps(sentences, refined.steps);
  return inside;
}

Refined Universal::decode(const Memory& memory, const Padded& target, const Segments& sentences, Tensor* attention) {
  DropoutPass pass = dropout_pass(kDecoderStream);
  const Tensor inputs = embed(sentences.pack(decoder_inputs(target, embedding_->pad())), pass);
  return decoder_->forward(inputs, sentences, coordinates(sentences, decoder_steps_), own(memory).refined.states,
                           own(memory).sentences, pass, attention);
}

Coordinates Universal::coordinates(const Segments& sentences, std::int64_t most_steps) {
  const std::int64_t offset = is_training() ? dropout_.position_offset : 0;
  return {*embedding_, positions_from_anywhere(sentences, offset, seed_), most_steps};
}

Tensor Universal::embed(const Tensor& ids, DropoutPass& pass) {
  return dropout(embedding_->scaled(ids), pass.rates().residual, pass.next_seed());
}

std::unique_ptr<State> Universal::start(const Memory& memory) {
  const Segments& sentences = own(memory).sentences;
  return decoder_->start(sentences.pad(own(memory).refined.states), sentences.lengths());
}

void Universal::read(State& state, const Padded& tokens) {
  const Tensor positions = at::arange(tokens.ids.size(1), at::kLong);
  decoder_->step(embedding_->scaled(tokens.ids), {*embedding_, positions, decoder_steps_}, tokens.lengths,
                 dynamic_cast<UniversalCache&>(state));
}

Tensor Universal::step(State& state, const Tensor& tokens) {
  auto& cache = dynamic_cast<UniversalCache&>(state);
  const Coordinates coordinates(*embedding_, cache.keys_values.lengths().unsqueeze(1), decoder_steps_);  // [rows, 1]
  const Tensor inputs = embedding_->scaled(tokens).unsqueeze(1);                                         // [rows, 1, d_model]
  const Tensor states = decoder_->step(inputs, coordinates, at::ones({cache.rows()}, at::kLong), cache).squeeze(1);
  return embedding_->logits(states, output_bias_);  // [rows, vocabulary]
}

DropoutPass Universal::dropout_pass(std::uint64_t stream) const {
  return is_training() ? DropoutPass(dropout_, mix64(seed_ ^ mix64(stream))) : DropoutPass();
}

}  // namespace mynah::nn
