#include "nn/encoder.h"

namespace mynah::nn {

EncoderLayerImpl::EncoderLayerImpl(const model::Shape& shape)
    : self_attention_(register_module("self_attention", MultiHeadAttention(shape.d_model, shape.heads))),
      self_attention_norm_(register_module("self_attention_norm", Residual(shape.d_model, shape.pre_norm))),
      feed_forward_(
          register_module("feed_forward", FeedForward(shape.d_model, shape.d_feed_forward, activation_named(shape.activation)))),
      feed_forward_norm_(register_module("feed_forward_norm", Residual(shape.d_model, shape.pre_norm))) {}

Tensor EncoderLayerImpl::forward(const Tensor& x, const Segments& sentences, DropoutPass& pass) {
  const Tensor attended =
      self_attention_norm_->around(x, pass, [&](const Tensor& y) { return self_attention_->within(y, sentences, false, pass); });
  return feed_forward_norm_->around(attended, pass, [&](const Tensor& y) { return feed_forward_->forward(y, pass); });
}

EncoderImpl::EncoderImpl(const model::Shape& shape) : layers_(register_module("layers", torch::nn::ModuleList())) {
  for (int layer = 0; layer < shape.encoder_layers; ++layer) layers_->push_back(EncoderLayer(shape));
  if (shape.pre_norm) norm_ = register_module("norm", LayerNorm(shape.d_model));
}

Tensor EncoderImpl::forward(Tensor x, const Segments& sentences, DropoutPass& pass) {
  for (const auto& layer : *layers_) x = layer->as<EncoderLayer>()->forward(x, sentences, pass);
  return norm_ ? norm_(x) : x;
}

}  // namespace mynah::nn
