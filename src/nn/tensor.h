// The light LibTorch header: tensors, nothing of modules.
#pragma once
#include <ATen/core/Tensor.h>

namespace mynah::nn {

using Tensor = at::Tensor;

}  // namespace mynah::nn
