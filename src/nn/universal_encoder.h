// The universal transformer's encoder: one block, applied to all positions step by step.
#pragma once
#include "model/shape.h"
#include "nn/adaptive_depth.h"
#include "nn/coordinates.h"
#include "nn/multi_head_attention.h"
#include "nn/residual.h"
#include "nn/transition.h"

namespace mynah::nn {

class UniversalEncoderImpl : public torch::nn::Module {
 public:
  /// `shape.encoder_layers` is the most steps.
  explicit UniversalEncoderImpl(const model::Shape& shape);

  /// Embedded source [source tokens, d_model] → what the decoder attends to.
  Refined forward(const Tensor& x, const Segments& sentences, const Coordinates& coordinates, DropoutPass& pass);

 private:
  Tensor block(const Tensor& x, const Segments& sentences, DropoutPass& pass);

  std::int64_t most_steps_;
  MultiHeadAttention self_attention_;
  Residual self_attention_norm_;
  Transition transition_;
  Residual transition_norm_;
  Halting halting_{nullptr};  // where the shape says so
  LayerNorm norm_{nullptr};   // pre-norm only
};
TORCH_MODULE(UniversalEncoder);

}  // namespace mynah::nn
