// Dropout whose mask is a function of (seed, element), made anew in the backward pass instead of being stored.
#pragma once
#include <cstdint>

#include "nn/tensor.h"

namespace mynah::nn {

/// x with each element zeroed with probability `rate`, the rest scaled by 1 / (1 − rate) (Srivastava et al. 2014).
/// The mask is a counter-based hash of seed and element index: equal seeds give equal masks on every device and thread count.
/// Returns x itself when rate is 0.
Tensor dropout(const Tensor& x, double rate, std::uint64_t seed);

/// relu(x) followed by dropout, in one pass.
Tensor relu_dropout(const Tensor& x, double rate, std::uint64_t seed);

}  // namespace mynah::nn
