#include "corpus/seen.h"

#include <algorithm>
#include <array>

namespace mynah::corpus {
namespace {

constexpr std::uint64_t kSlots = 16;             // of a line: 64 bytes, one access to memory
using Line = std::array<std::uint32_t, kSlots>;  // 0: free

std::uint32_t kept_bits(std::uint64_t fingerprint) {
  const auto bits = static_cast<std::uint32_t>(fingerprint);
  return bits == 0 ? 1 : bits;
}

}  // namespace

/// A hash table whose buckets are lines of memory; a full one goes on in the next.
class Seen::Layer {
 public:
  explicit Layer(std::uint64_t lines) : lines_(lines) {}

  bool full() const { return 5 * size_ >= 4 * kSlots * lines_.size(); }  // beyond that, chains of full lines grow long

  bool contains(std::uint64_t fingerprint) const {
    const std::uint32_t bits = kept_bits(fingerprint);
    for (std::uint64_t line = first_line(fingerprint);; line = next(line)) {
      if (holds(lines_[line], bits)) return true;
      if (lines_[line].back() == 0) return false;
    }
  }

  void insert(std::uint64_t fingerprint) {
    std::uint64_t line = first_line(fingerprint);
    while (lines_[line].back() != 0) line = next(line);
    *std::find(lines_[line].begin(), lines_[line].end(), 0U) = kept_bits(fingerprint);
    ++size_;
  }

 private:
  static bool holds(const Line& line, std::uint32_t bits) {
    bool found = false;
    for (const std::uint32_t slot : line) found |= slot == bits;  // without a branch: all slots at once
    return found;
  }

  std::uint64_t first_line(std::uint64_t fingerprint) const {
    return static_cast<std::uint64_t>((fingerprint >> 32) * lines_.size() >> 32);
  }
  std::uint64_t next(std::uint64_t line) const { return line + 1 == lines_.size() ? 0 : line + 1; }

  std::vector<Line> lines_;
  std::uint64_t size_ = 0;
};

bool Seen::contains(std::uint64_t fingerprint) const {
  return std::any_of(layers_.rbegin(), layers_.rend(), [&](const auto& layer) { return layer->contains(fingerprint); });
}

bool Seen::insert(std::uint64_t fingerprint) {
  if (contains(fingerprint)) return true;
  if ((layers_.empty() || layers_.back()->full()) && !grow()) {
    ++forgotten_;
    return false;
  }
  layers_.back()->insert(fingerprint);
  ++size_;
  return false;
}

bool Seen::grow() {
  constexpr std::uint64_t kFirst = std::uint64_t{1} << 20, kSmallest = std::uint64_t{1} << 16;
  const std::uint64_t wish = layers_.empty() ? kFirst : 2 * bytes_;
  const std::uint64_t size = std::min(wish, most_bytes_ - bytes_);
  if (size < kSmallest) return false;
  layers_.push_back(std::make_shared<Layer>(size / sizeof(Line)));
  bytes_ += size / sizeof(Line) * sizeof(Line);
  return true;
}

}  // namespace mynah::corpus
