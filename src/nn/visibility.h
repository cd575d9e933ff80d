// Which keys a query may look at, as a value; true always means "may be looked at".
#pragma once
#include "nn/tensor.h"

namespace mynah::nn {

struct Visibility {
  Tensor key_lengths;   // [batch] int64 on the CPU: keys at and beyond a row's length are not visible; undefined: all are
  bool causal = false;  // query i of target_length sees keys 0 … i + (source_length − target_length)
};

/// The same as a bool tensor, [batch, 1, 1 or target_length, source_length]; for kernels that want one, and for tests.
Tensor to_tensor(const Visibility& visibility, std::int64_t target_length, std::int64_t source_length, at::Device device);

}  // namespace mynah::nn
