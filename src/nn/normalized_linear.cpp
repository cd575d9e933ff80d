#include "nn/normalized_linear.h"

#include <cmath>

namespace mynah::nn {

NormalizedLinearImpl::NormalizedLinearImpl(std::int64_t inputs, std::int64_t outputs)
    : weight_v_(register_parameter("weight_v", torch::empty({outputs, inputs}))),
      weight_g_(register_parameter("weight_g", torch::empty({outputs}))),
      bias_(register_parameter("bias", torch::empty({outputs}))) {}

void NormalizedLinearImpl::draw(double gain, at::Generator generator) {
  weight_v_.normal_(0, std::sqrt(gain / static_cast<double>(weight_v_.size(1))), std::move(generator));
  weight_g_.copy_(weight_v_.norm(2, 1));
  bias_.zero_();
}

}  // namespace mynah::nn
