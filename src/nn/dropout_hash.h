// The mask of every dropout in the house: a counter-based hash of (seed, element), so that nothing is stored between passes.
#pragma once
#include <cstdint>

namespace mynah::nn {

/// What a mask is made of, ready for kernels. `scale` is 1 / (1 − rate).
struct DropoutMask {
  std::uint32_t add = 0, flip = 0;
  std::int32_t threshold = 0;
  float scale = 1;
};

inline constexpr std::uint32_t kDropoutFirst = 0x7feb352d, kDropoutSecond = 0x846ca68b;

/// Hash of `element` compared with the rate at 31 bits: true keeps it. Two multiplications with shifts between them, the seed's
/// halves entering before the first and the second, so that masks of two seeds are not shifted copies of each other.
inline bool keeps(const DropoutMask& mask, std::uint32_t element) {
  std::uint32_t x = element + mask.add;
  x = (x ^ (x >> 16)) * kDropoutFirst;
  x = (x ^ (x >> 15) ^ mask.flip) * kDropoutSecond;
  return static_cast<std::int32_t>((x ^ (x >> 16)) >> 1) >= mask.threshold;
}

}  // namespace mynah::nn
