#include "nn/universal_encoder.h"

namespace mynah::nn {

UniversalEncoderImpl::UniversalEncoderImpl(const model::Shape& shape)
    : most_steps_(shape.encoder_layers),
      self_attention_(register_module("self_attention", MultiHeadAttention(shape.d_model, shape.heads))),
      self_attention_norm_(register_module("self_attention_norm", Residual(shape.d_model, shape.pre_norm))),
      transition_(register_module("transition", Transition(shape, false))),
      transition_norm_(register_module("transition_norm", Residual(shape.d_model, shape.pre_norm))) {
  if (shape.universal.halting) halting_ = register_module("halting", Halting(shape.d_model));
  if (shape.pre_norm) norm_ = register_module("norm", LayerNorm(shape.d_model));
}

Refined UniversalEncoderImpl::forward(const Tensor& x, const Segments& sentences, const Coordinates& coordinates,
                                      DropoutPass& pass) {
  AdaptiveDepth depth(x, most_steps_, halting_);
  while (!depth.ended()) {
    const Tensor inputs = coordinates.add_to(depth.states(), depth.step());
    depth.advance(inputs, block(inputs, sentences, pass));
  }
  Refined refined = depth.refined();
  if (norm_) refined.states = norm_(refined.states);
  return refined;
}

Tensor UniversalEncoderImpl::block(const Tensor& x, const Segments& sentences, DropoutPass& pass) {
  const Tensor attended =
      self_attention_norm_->around(x, pass, [&](const Tensor& y) { return self_attention_->within(y, sentences, false, pass); });
  return transition_norm_->around(attended, pass, [&](const Tensor& y) { return transition_->forward(y, sentences, pass); });
}

}  // namespace mynah::nn
