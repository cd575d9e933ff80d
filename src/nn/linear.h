// A linear map with bias.
#pragma once
#include <initializer_list>

#include "nn/tensor.h"
#include "nn/torch.h"

namespace mynah::nn {

/// x [..., inputs] · weightᵀ [inputs, outputs] + bias [outputs] → [..., outputs]
Tensor linear(const Tensor& x, const Tensor& weight, const Tensor& bias);

/// y = x · weightᵀ + bias. Parameters come uninitialised: build() draws or loads them.
class LinearImpl : public torch::nn::Module {
 public:
  LinearImpl(std::int64_t inputs, std::int64_t outputs)
      : weight_(register_parameter("weight", torch::empty({outputs, inputs}))),
        bias_(register_parameter("bias", torch::empty({outputs}))) {}

  /// [..., inputs] → [..., outputs]
  Tensor forward(const Tensor& x) { return linear(x, weight_, bias_); }

  const Tensor& weight() const { return weight_; }
  const Tensor& bias() const { return bias_; }

 private:
  Tensor weight_, bias_;
};
TORCH_MODULE(Linear);

/// Several maps of the same x, while training as one product, their results side by side: [..., inputs] → [..., sum of outputs]
Tensor side_by_side(const Tensor& x, std::initializer_list<Linear> maps);

}  // namespace mynah::nn
