// Seeded, counter-based randomness: a generator is a (seed, stream, counter) triple, so that its state is three numbers
// that a checkpoint stores, and any position is reached without drawing what came before.
#pragma once
#include <cstdint>

namespace mynah {

/// A well-mixed 64-bit hash of its argument (the finalizer of SplitMix64, Steele et al. 2014).
constexpr std::uint64_t mix64(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// A deterministic generator; equal triples give equal draws on every machine. Satisfies UniformRandomBitGenerator.
class Random {
 public:
  using result_type = std::uint64_t;
  explicit Random(std::uint64_t seed, std::uint64_t stream = 0, std::uint64_t counter = 0)
      : key_(mix64(seed ^ mix64(stream))), counter_(counter) {}
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~result_type{0}; }
  result_type operator()() { return mix64(key_ + 0x9e3779b97f4a7c15ULL * ++counter_); }
  /// Uniform in [0, 1), 53 bits.
  double uniform() { return static_cast<double>((*this)() >> 11) * 0x1.0p-53; }
  /// Uniform in [0, bound), bound > 0, without modulo bias worth noticing (multiply-high).
  std::uint64_t below(std::uint64_t bound) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((static_cast<Wide>((*this)()) * bound) >> 64);
  }
  std::uint64_t counter() const { return counter_; }

 private:
  std::uint64_t key_;
  std::uint64_t counter_;
};

/// A pseudo-random permutation of [0, size) in constant memory: at(i) for i in [0, size) takes every value once.
/// (A Feistel network over the next power of four, walked until it falls inside; Black and Rogaway 2002.)
class Permutation {
 public:
  Permutation(std::uint64_t size, std::uint64_t seed);
  std::uint64_t size() const { return size_; }
  std::uint64_t at(std::uint64_t index) const;

 private:
  std::uint64_t size_, seed_;
  int half_bits_;
};

}  // namespace mynah
