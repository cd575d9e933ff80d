// Sampling: targets drawn from the model's distribution instead of searched for.
#pragma once
#include <optional>
#include <span>

#include "base/random.h"
#include "search/sentence_search.h"

namespace mynah::search {

/// Draws one candidate with probability ∝ p^(1/temperature) among the `top_k` best (0: all) and, of those, the fewest that hold
/// `top_p` of the probability. Candidates may come in any order; none with a finite log-probability: empty.
std::optional<Candidate> draw(std::span<const Candidate> candidates, const SearchOptions& options, Random& random);

/// n_best independent draws, each with a generator of its own. Scores stay the model's: temperature bends only the draw.
class Sampling final : public SentenceSearch {
 public:
  Sampling(Request request, const SearchOptions& options, const SpecialIds& ids);

 private:
  void choose(std::span<const Path> paths, std::span<const Candidate> candidates) override;

  std::vector<Random> generators_;  // one per open path, but while all draws still share the first row
};

}  // namespace mynah::search
