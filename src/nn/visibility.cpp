#include "nn/visibility.h"

#include <ATen/ATen.h>

namespace mynah::nn {

Tensor to_tensor(const Visibility& visibility, std::int64_t target_length, std::int64_t source_length, at::Device device) {
  const Tensor keys = at::arange(source_length, at::TensorOptions().dtype(at::kLong).device(device));
  Tensor visible = at::ones({1, 1, 1, source_length}, keys.options().dtype(at::kBool));
  if (visibility.key_lengths.defined()) visible = keys.lt(visibility.key_lengths.to(device).view({-1, 1, 1, 1}));
  if (!visibility.causal) return visible;
  const Tensor last = at::arange(target_length, keys.options()).add_(source_length - target_length);
  return visible.logical_and(keys.le(last.unsqueeze(1)));  // [batch, 1, target_length, source_length]
}

}  // namespace mynah::nn
