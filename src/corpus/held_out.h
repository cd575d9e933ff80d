// The pairs that are kept from training.
#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "base/random.h"
#include "corpus/pair_reader.h"

namespace mynah::corpus {

/// A uniform sample of the pairs offered, in bounded memory (Vitter's reservoir, 1985), by their numbers.
class HeldOut {
 public:
  HeldOut(std::int64_t most, std::uint64_t seed);

  /// Numbers count from 0 without gaps.
  void offer(std::uint64_t number, const TextPair& pair);

  /// All were offered: leaves no more than a tenth of them (but one of two), in order.
  void settle(std::uint64_t offered);

  const std::vector<std::pair<std::uint64_t, TextPair>>& pairs() const { return pairs_; }

 private:
  std::uint64_t most_;
  Random random_;
  std::vector<std::pair<std::uint64_t, TextPair>> pairs_;
};

}  // namespace mynah::corpus
