#include "corpus/held_out.h"

#include <algorithm>

namespace mynah::corpus {

HeldOut::HeldOut(std::int64_t most, std::uint64_t seed)
    : most_(static_cast<std::uint64_t>(std::max<std::int64_t>(most, 0))), random_(seed) {}

void HeldOut::offer(std::uint64_t number, const TextPair& pair) {
  const std::uint64_t place = pairs_.size() < most_ ? pairs_.size() : random_.below(number + 1);
  if (place >= most_) return;
  if (place == pairs_.size()) pairs_.emplace_back();
  pairs_[place] = {number, pair};
}

void HeldOut::settle(std::uint64_t offered) {
  const std::uint64_t allowed = std::max<std::uint64_t>(offered / 10, offered > 1 ? 1 : 0);
  for (; pairs_.size() > allowed; pairs_.pop_back()) std::swap(pairs_[random_.below(pairs_.size())], pairs_.back());
  std::sort(pairs_.begin(), pairs_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
}

}  // namespace mynah::corpus
