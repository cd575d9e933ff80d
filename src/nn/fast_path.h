// Which tensors the hand-written kernels take; everything else goes the way of reference.h.
#pragma once
#include <ATen/autocast_mode.h>
#include <ATen/core/Tensor.h>

#include <initializer_list>

namespace mynah::nn {

/// True when all are float32 on the CPU.
inline bool fits_kernels(std::initializer_list<at::Tensor> tensors) {
  for (const at::Tensor& tensor : tensors) {
    if (!tensor.is_cpu() || tensor.scalar_type() != at::kFloat) return false;
  }
  return true;
}

/// On a CPU, what autocast computed in 16 bits comes back to float32, which is all that the kernels know.
inline at::Tensor widened(const at::Tensor& x) {
  return x.is_cpu() && c10::isReducedFloatingType(x.scalar_type()) ? x.to(at::kFloat) : x;
}

/// What matrices are multiplied in: 16 bits where autocast says so, else `x`'s own type.
inline at::ScalarType product_type(const at::Tensor& x) {
  const auto device = x.device().type();
  return at::autocast::is_autocast_enabled(device) ? at::autocast::get_autocast_dtype(device) : x.scalar_type();
}

}  // namespace mynah::nn
