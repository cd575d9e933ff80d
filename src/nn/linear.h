// A linear map with bias.
#pragma once
#include "nn/tensor.h"
#include "nn/torch.h"

namespace mynah::nn {

/// y = x · weightᵀ + bias. Parameters come uninitialised: build() draws or loads them.
class LinearImpl : public torch::nn::Module {
 public:
  LinearImpl(std::int64_t inputs, std::int64_t outputs)
      : weight_(register_parameter("weight", torch::empty({outputs, inputs}))),
        bias_(register_parameter("bias", torch::empty({outputs}))) {}

  /// [..., inputs] → [..., outputs]
  Tensor forward(const Tensor& x) { return at::linear(x, weight_, bias_); }

 private:
  Tensor weight_, bias_;
};
TORCH_MODULE(Linear);

}  // namespace mynah::nn
