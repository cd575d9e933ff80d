// Sinusoidal position encodings (Vaswani et al. 2017).
#pragma once
#include "nn/tensor.h"

namespace mynah::nn {

/// Encodings of the positions first … first + count − 1, counted from 0: [count, d_model] float32. Sines fill the first half of
/// the features, cosines the second (the paper interleaves the same numbers); feature k of a half turns by 10000^(−2k/d_model) a
/// step.
Tensor positions(std::int64_t first, std::int64_t count, std::int64_t d_model);

}  // namespace mynah::nn
