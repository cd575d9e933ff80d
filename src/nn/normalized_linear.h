// Weight normalisation (Salimans and Kingma 2016).
#pragma once
#include <ATen/core/Generator.h>

#include "nn/linear.h"

namespace mynah::nn {

/// A linear map as it is applied: x [..., inputs] → [..., outputs]
struct LinearMap {
  Tensor weight, bias;

  Tensor operator()(const Tensor& x) const { return linear(x, weight, bias); }
};

/// A linear map whose weight is g · v / ‖v‖ for each output. Both are learnt and stored, under the names LibTorch gives them.
class NormalizedLinearImpl : public torch::nn::Module {
 public:
  NormalizedLinearImpl(std::int64_t inputs, std::int64_t outputs);

  /// Made once for all that goes through it.
  LinearMap map() const { return {at::_weight_norm(weight_v_, weight_g_.unsqueeze(1)), bias_}; }

  /// Draws v from N(0, gain / inputs), lets g be its length, and zeroes the bias.
  void draw(double gain, at::Generator generator);

 private:
  Tensor weight_v_, weight_g_, bias_;  // [outputs, inputs], [outputs], [outputs]
};
TORCH_MODULE(NormalizedLinear);

}  // namespace mynah::nn
