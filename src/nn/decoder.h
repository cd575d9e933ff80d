// The decoder: self-attention on what was said, cross-attention on the source, feed-forward.
#pragma once
#include <memory>

#include "model/shape.h"
#include "nn/decoder_cache.h"
#include "nn/feed_forward.h"
#include "nn/multi_head_attention.h"
#include "nn/residual.h"

namespace mynah::nn {

class DecoderLayerImpl : public torch::nn::Module {
 public:
  explicit DecoderLayerImpl(const model::Shape& shape);

  /// All positions at once: x [tokens, d_model] → the same. `attention`, where wished, receives the cross-attention weights, mean
  /// over heads: [batch, longest target, longest source].
  Tensor forward(const Tensor& x, const Segments& targets, const Tensor& memory, const Segments& sources, DropoutPass& pass,
                 Tensor* attention = nullptr);
  /// The same for tokens behind those in the cache: x [rows, count, d_model] → the same.
  Tensor step(const Tensor& x, std::int64_t layer, DecoderCache& cache);
  KeysValues project_memory(const Tensor& memory) { return cross_attention_->project(memory); }

 private:
  template <class SelfAttention, class CrossAttention>
  Tensor sub_layers(const Tensor& x, DropoutPass& pass, const SelfAttention& attend_self, const CrossAttention& attend_memory);

  MultiHeadAttention self_attention_;
  Residual self_attention_norm_;
  MultiHeadAttention cross_attention_;
  Residual cross_attention_norm_;
  FeedForward feed_forward_;
  Residual feed_forward_norm_;
};
TORCH_MODULE(DecoderLayer);

class DecoderImpl : public torch::nn::Module {
 public:
  explicit DecoderImpl(const model::Shape& shape);

  /// Embedded decoder input [tokens, d_model] and encoder output [source tokens, d_model] → states that the output table turns
  /// into logits. `attention`: of the last layer, see DecoderLayerImpl::forward.
  Tensor forward(Tensor x, const Segments& targets, const Tensor& memory, const Segments& sources, DropoutPass& pass,
                 Tensor* attention = nullptr);

  /// A cache for one row per row of memory [batch, source_length, d_model], before the start token.
  std::unique_ptr<DecoderCache> start(const Tensor& memory, const Tensor& source_lengths);
  /// Feeds each row `count` tokens of which `counts` [rows] (CPU) are no padding: x [rows, count, d_model] → the same.
  Tensor step(Tensor x, const Tensor& counts, DecoderCache& cache);

 private:
  DecoderLayerImpl& layer(std::int64_t number) { return *layers_[static_cast<std::size_t>(number)]->as<DecoderLayer>(); }
  std::int64_t depth() const { return static_cast<std::int64_t>(layers_->size()); }

  torch::nn::ModuleList layers_;
  LayerNorm norm_{nullptr};  // pre-norm only
};
TORCH_MODULE(Decoder);

}  // namespace mynah::nn
