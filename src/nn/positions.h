// Sinusoidal position encodings (Vaswani et al. 2017).
#pragma once
#include "nn/segments.h"
#include "nn/tensor.h"

namespace mynah::nn {

/// Encodings of the positions first … first + count − 1, counted from 0: [count, d_model] float32. Sines fill the first half of
/// the features, cosines the second (the paper interleaves the same numbers); feature k of a half turns by 10000^(−2k/d_model) a
/// step.
Tensor positions(std::int64_t first, std::int64_t count, std::int64_t d_model);

/// The positions of packed sentences, those of sentence b counted from a random one of 0 … most, a function of (seed, b):
/// [tokens] int64 on the CPU. Seen from anywhere while training, positions that no training sentence reaches are not new
/// (Dehghani et al. 2019).
Tensor positions_from_anywhere(const Segments& sentences, std::int64_t most, std::uint64_t seed);

}  // namespace mynah::nn
