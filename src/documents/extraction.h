// A summary out of the input's own sentences: the best ones, none that says again what is there, in the order they stood in.
#pragma once
#include <cstddef>
#include <functional>
#include <limits>
#include <vector>

#include "documents/ranking.h"
#include "documents/source_text.h"

namespace mynah::documents {

/// How long a summary may be. Both hold.
struct Limits {
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  std::size_t sentences = kNone;
  std::size_t words = kNone;
  std::size_t least_words = 0, least_sentences = 0;  // wished, not promised; who chooses sentences looks at words alone
};

/// Indices of sentences, ascending, within the limits; fewer words than wished only where no choice has as many. Greedy by
/// maximal marginal relevance (Carbonell and Goldstein, 1998); `variety` 0 looks at the ranking alone. A text shorter than the
/// limits comes back whole.
std::vector<std::size_t> extract(const SourceText& source, const Ranking& ranking, const Limits& limits, double variety = 0.4);

/// The first choice that fits, of at most so many words and then a twentieth fewer each time; empty where none does.
std::vector<std::size_t> extract_fitting(const SourceText& source, const Ranking& ranking, std::size_t words,
                                         const std::function<bool(const std::vector<std::size_t>&)>& fits);

}  // namespace mynah::documents
