// Add & Norm around a sub-layer (Vaswani et al. 2017): dropout, residual sum and layer normalisation as one function.
#pragma once
#include <cstdint>

#include "nn/tensor.h"

namespace mynah::nn {

/// layer_norm(residual + dropout(x)) over the last axis with scale and shift, in one pass forward and one backward.
Tensor add_norm(const Tensor& residual, const Tensor& x, const Tensor& scale, const Tensor& shift, double epsilon, double rate,
                std::uint64_t seed);

}  // namespace mynah::nn
