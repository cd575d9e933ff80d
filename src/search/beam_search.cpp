#include "search/beam_search.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace mynah::search {
namespace {

struct Ranked {
  double total;
  int path;
  Candidate candidate;
};

/// The best `count` continuations over all paths, best first; of equals the one of the earlier path, then the smaller token.
std::vector<Ranked> rank(std::span<const Path> paths, std::span<const Candidate> candidates, std::size_t count) {
  std::vector<Ranked> ranked;
  const std::size_t per_path = candidates.size() / paths.size();
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const float log_probability = candidates[i].log_probability;
    if (!(log_probability > -std::numeric_limits<float>::infinity())) continue;  // also true of NaN
    const std::size_t path = i / per_path;
    ranked.push_back({paths[path].total + static_cast<double>(log_probability), static_cast<int>(path), candidates[i]});
  }
  const auto middle = ranked.begin() + std::min(std::ssize(ranked), static_cast<std::ptrdiff_t>(count));
  std::partial_sort(ranked.begin(), middle, ranked.end(), [](const Ranked& a, const Ranked& b) {
    return std::tuple(-a.total, a.path, a.candidate.token) < std::tuple(-b.total, b.path, b.candidate.token);
  });
  ranked.erase(middle, ranked.end());
  return ranked;
}

}  // namespace

void BeamSearch::choose(std::span<const Path> paths, std::span<const Candidate> candidates) {
  const auto beam = static_cast<std::size_t>(options().beam);
  const std::vector<Ranked> ranked = rank(paths, candidates, 2 * beam);
  for (std::size_t place = 0; place < ranked.size(); ++place) {
    const Ranked& best = ranked[place];
    if (best.candidate.token == ids().end) {
      if (place < beam) finish(paths[static_cast<std::size_t>(best.path)], best.candidate.log_probability, true);
    } else if (this->paths().size() < beam) {
      open(paths, best.path, best.candidate);
    }
  }
}

/// Sums only fall, so an open path's score is bounded by its sum now at the length that favours it. When even the best one
/// cannot come among the n best, going on would change nothing.
bool BeamSearch::settled() const {
  if (std::ssize(finished()) >= options().beam || paths().empty()) return true;
  if (std::ssize(finished()) < options().n_best) return false;
  const Path& best = paths().front();
  const std::size_t favourable = options().length_penalty > 0 ? longest() : generated(best) + 1;
  return normalised(best.total, favourable) <= finished()[static_cast<std::size_t>(options().n_best) - 1].score;
}

}  // namespace mynah::search
