// The encoder: a stack of self-attention and feed-forward layers.
#pragma once
#include "model/shape.h"
#include "nn/feed_forward.h"
#include "nn/multi_head_attention.h"
#include "nn/residual.h"

namespace mynah::nn {

class EncoderLayerImpl : public torch::nn::Module {
 public:
  explicit EncoderLayerImpl(const model::Shape& shape);

  /// x [source tokens, d_model] → the same
  Tensor forward(const Tensor& x, const Segments& sentences, DropoutPass& pass);

 private:
  MultiHeadAttention self_attention_;
  Residual self_attention_norm_;
  FeedForward feed_forward_;
  Residual feed_forward_norm_;
};
TORCH_MODULE(EncoderLayer);

class EncoderImpl : public torch::nn::Module {
 public:
  explicit EncoderImpl(const model::Shape& shape);

  /// Embedded source [source tokens, d_model] → what the decoder attends to, of the same shape.
  Tensor forward(Tensor x, const Segments& sentences, DropoutPass& pass);

 private:
  torch::nn::ModuleList layers_;
  LayerNorm norm_{nullptr};  // pre-norm only
};
TORCH_MODULE(Encoder);

}  // namespace mynah::nn
