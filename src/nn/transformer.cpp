#include "nn/transformer.h"

#include "nn/positions.h"
#include "nn/softmax_loss.h"

namespace mynah::nn {
namespace {

enum Stream : std::uint64_t { kEncoderStream, kDecoderStream };

struct TransformerMemory final : Memory {
  explicit TransformerMemory(const Padded& source) : sentences(source) {}
  Segments sentences;
  Tensor states;  // [source tokens, d_model]
};

const TransformerMemory& own(const Memory& memory) { return dynamic_cast<const TransformerMemory&>(memory); }

}  // namespace

Transformer::Transformer(const model::Shape& shape, const Dropout& dropout)
    : dropout_(dropout),
      embedding_(register_module("embedding", Embedding(shape.vocabulary, shape.d_model, shape.max_positions))),
      encoder_(register_module("encoder", Encoder(shape))),
      decoder_(register_module("decoder", Decoder(shape))),
      output_bias_(register_parameter("output_bias", torch::empty({shape.vocabulary}))) {}

std::unique_ptr<Memory> Transformer::encode(const Padded& source) {
  auto memory = std::make_unique<TransformerMemory>(source);
  DropoutPass pass = dropout_pass(kEncoderStream);
  memory->states = encoder_->forward(embed(source.ids, memory->sentences, pass), memory->sentences, pass);
  return memory;
}

Loss Transformer::loss(const Memory& memory, const Padded& target, const LossOptions& options) {
  const Segments sentences(target);
  const Tensor ids = sentences.pack(target.ids), states = decode(memory, target, sentences);  // [tokens], [tokens, d_model]
  const SoftmaxLoss loss =
      softmax_loss(states, embedding_->weight(), output_bias_, ids, embedding_->pad(), options.label_smoothing);
  return {loss.total, loss.cross_entropy, ids.size(0), {}};
}

Tensor Transformer::log_probabilities(const Memory& memory, const Padded& target) {
  const Segments sentences(target);
  return embedding_->logits(sentences.pad(decode(memory, target, sentences)), output_bias_).log_softmax(-1);
}

Inside Transformer::inside(const Memory& memory, const Padded& target) {
  Inside inside;
  decode(memory, target, Segments(target), &inside.attention);
  return inside;
}

Tensor Transformer::embed(const Tensor& ids, const Segments& sentences, DropoutPass& pass) {
  const std::int64_t offset = is_training() ? dropout_.position_offset : 0;
  return embedding_->forward(sentences.pack(ids), positions_from_anywhere(sentences, offset, seed_), pass);
}

Tensor Transformer::decode(const Memory& memory, const Padded& target, const Segments& sentences, Tensor* attention) {
  DropoutPass pass = dropout_pass(kDecoderStream);
  const Tensor inputs = embed(decoder_inputs(target, embedding_->pad()), sentences, pass);
  return decoder_->forward(inputs, sentences, own(memory).states, own(memory).sentences, pass, attention);
}

std::unique_ptr<State> Transformer::start(const Memory& memory) {
  const Segments& sentences = own(memory).sentences;
  return decoder_->start(sentences.pad(own(memory).states), sentences.lengths());
}

void Transformer::read(State& state, const Padded& tokens) {
  DropoutPass none;
  const Tensor positions = at::arange(tokens.ids.size(1), at::kLong).expand_as(tokens.ids);
  decoder_->step(embedding_->forward(tokens.ids, positions, none), tokens.lengths, dynamic_cast<DecoderCache&>(state));
}

Tensor Transformer::step(State& state, const Tensor& tokens) {
  DropoutPass none;
  auto& cache = dynamic_cast<DecoderCache&>(state);
  const Tensor inputs = embedding_->forward(tokens, cache.lengths(), none).unsqueeze(1);                // [rows, 1, d_model]
  const Tensor states = decoder_->step(inputs, at::ones({cache.rows()}, at::kLong), cache).squeeze(1);  // [rows, d_model]
  return embedding_->logits(states, output_bias_);
}

DropoutPass Transformer::dropout_pass(std::uint64_t stream) const {
  return is_training() ? DropoutPass(dropout_, mix64(seed_ ^ mix64(stream))) : DropoutPass();
}

}  // namespace mynah::nn
