// How long a translation usually is in these two languages, learnt from the corpus itself.
#pragma once
#include <cstddef>
#include <vector>

#include "corpus/pair_reader.h"

namespace mynah::corpus {

/// Lengths are code points. After Gale and Church (1993): a translation's length varies around a fixed multiple of the source's,
/// with a variance that grows with the length.
class LengthModel {
 public:
  /// A translation is as long as its source.
  LengthModel() = default;
  /// The median ratio of these pairs, and the spread around it; as without pairs where they are few.
  explicit LengthModel(const std::vector<TextPair>& pairs);

  /// How many standard deviations the lengths are from what is usual; 0 for two short texts.
  double deviation(std::size_t source, std::size_t target) const;
  /// Target over source that is usual.
  double ratio() const { return ratio_; }
  /// Whether there were pairs enough.
  bool learnt() const { return learnt_; }

 private:
  bool learnt_ = false;
  double ratio_ = 1, variance_ = 6.8;  // of a code point: their figure for European languages
};

}  // namespace mynah::corpus
