#include "text/double_array.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

#include "base/error.h"
#include "text/utf8.h"

namespace mynah {
namespace {

static_assert(std::endian::native == std::endian::little, "double arrays are little-endian");

constexpr std::size_t kBlock = 256;  // units that share a parent: one for each byte
constexpr std::size_t kLargest = std::size_t{1} << 24;
constexpr int kLongestRule = 1000;  // bytes that a rule may replace
constexpr int kMostRules = 32;      // that begin one text; SentencePiece keeps them in an array of this size

/// A node of the trie, in the bits that Darts-clone gives it.
class Unit {
 public:
  explicit Unit(std::uint32_t bits) : bits_(bits) {}
  std::uint32_t label() const { return bits_ & 0x800000FFU; }  // never a byte's where the unit is a leaf
  bool has_leaf() const { return (bits_ >> 8 & 1U) != 0; }
  std::uint32_t offset() const { return (bits_ >> 10) << ((bits_ & 0x200U) >> 6); }
  std::uint32_t value() const { return bits_ & 0x7FFFFFFFU; }

 private:
  std::uint32_t bits_;
};

class Trie {
 public:
  Trie(std::string_view units, std::string_view texts) : units_(units.size() / sizeof(std::uint32_t)), texts_(texts) {
    std::memcpy(units_.data(), units.data(), units.size());
    known_.resize(units_.size(), kUnknown);
  }

  void check() { most_rules(children(0), 0); }

 private:
  static constexpr signed char kUnknown = -1, kOpen = -2;

  Unit unit(std::uint32_t index) const { return Unit(units_[index]); }

  /// Where the children of a unit begin, the leaf among them; those of a byte stand at this index ^ byte.
  std::uint32_t children(std::uint32_t index) const {
    const std::uint32_t first = index ^ unit(index).offset();
    if ((first | (kBlock - 1)) >= units_.size()) throw Error("a normalisation rule points outside the rules");
    return first;
  }

  void check_leaf(Unit leaf) const {
    const std::uint32_t text = leaf.value();
    if (text >= texts_.size() || (text > 0 && texts_[text - 1] != '\0')) {
      throw Error("a normalisation rule gives a text that is not there");
    }
  }

  /// The most rules on one way down from children that begin here.
  int most_rules(std::uint32_t first, int depth) {
    if (known_[first] >= 0) return known_[first];
    if (known_[first] == kOpen || depth > kLongestRule) throw Error("its normalisation rules have no end");
    known_[first] = kOpen;
    int most = 0;
    for (std::uint32_t byte = 0; byte < kBlock; ++byte) {
      const std::uint32_t child = first ^ byte;
      if (unit(child).label() != byte) continue;
      const std::uint32_t below = children(child);
      if (unit(child).has_leaf()) check_leaf(unit(below));
      most = std::max(most, most_rules(below, depth + 1) + unit(child).has_leaf());
    }
    if (most > kMostRules) throw Error(concat("more than ", kMostRules, " normalisation rules begin one text"));
    known_[first] = static_cast<signed char>(most);
    return most;
  }

  std::vector<std::uint32_t> units_;
  std::string_view texts_;
  std::vector<signed char> known_;  // by index of the first child: most_rules(), or whether it is being found out
};

}  // namespace

void check_normalization_rules(std::string_view rules) {
  std::uint32_t size = 0;
  if (rules.size() > kLargest) throw Error(concat("its normalisation rules take more than ", kLargest, " bytes"));
  if (rules.size() > sizeof(size)) std::memcpy(&size, rules.data(), sizeof(size));
  if (size == 0 || size % (kBlock * sizeof(std::uint32_t)) != 0 || size >= rules.size() - sizeof(size)) {
    throw Error("its normalisation rules are cut off or damaged");
  }
  const std::string_view texts = rules.substr(sizeof(size) + size);
  if (!texts.ends_with('\0') || !is_valid_utf8(texts)) throw Error("the texts that its normalisation rules give are damaged");
  Trie(rules.substr(sizeof(size), size), texts).check();
}

}  // namespace mynah
