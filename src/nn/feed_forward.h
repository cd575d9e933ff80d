// The position-wise feed-forward network.
#pragma once
#include <string>

#include "nn/dropout_pass.h"
#include "nn/linear.h"

namespace mynah::nn {

enum class Activation { relu, gelu, silu, swiglu };

/// By the name a Shape carries. Throws Error listing the names when there is none like it.
Activation activation_named(const std::string& name);

/// outer(dropout(activation(inner(x)))); SwiGLU (Shazeer 2020): outer(dropout(silu(gate(x)) · inner(x))).
class FeedForwardImpl : public torch::nn::Module {
 public:
  FeedForwardImpl(std::int64_t d_model, std::int64_t d_feed_forward, Activation activation);

  /// [batch, length, d_model] → the same
  Tensor forward(const Tensor& x, DropoutPass& pass);

 private:
  Activation activation_;
  Linear inner_, gate_{nullptr}, outer_;
};
TORCH_MODULE(FeedForward);

}  // namespace mynah::nn
