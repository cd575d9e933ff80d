#include "base/random.h"

#include "base/error.h"

namespace mynah {

Permutation::Permutation(std::uint64_t size, std::uint64_t seed) : size_(size), seed_(seed), half_bits_(1) {
  while (half_bits_ < 32 && (std::uint64_t{1} << (2 * half_bits_)) < size) ++half_bits_;
}

std::uint64_t Permutation::at(std::uint64_t index) const {
  ensure(index < size_, "a permutation is asked only for indices below its size");
  constexpr std::uint64_t kRounds = 6;  // four suffice in theory; two more even out the smallest sizes
  const std::uint64_t half_mask = (std::uint64_t{1} << half_bits_) - 1;
  std::uint64_t left = index >> half_bits_, right = index & half_mask;
  do {
    for (std::uint64_t round = 0; round < kRounds; ++round) {
      const std::uint64_t mixed = left ^ (mix64(seed_ + mix64(right * kRounds + round)) & half_mask);
      left = right;
      right = mixed;
    }
  } while ((left << half_bits_ | right) >= size_);
  return left << half_bits_ | right;
}

}  // namespace mynah
