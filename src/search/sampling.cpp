#include "search/sampling.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace mynah::search {
namespace {

struct Weighted {
  Candidate candidate;
  double weight;
};

bool better(const Weighted& a, const Weighted& b) {
  return a.weight != b.weight ? a.weight > b.weight : a.candidate.token < b.candidate.token;
}

std::vector<Weighted> weigh(std::span<const Candidate> candidates, double temperature) {
  float most = -std::numeric_limits<float>::infinity();
  for (const Candidate& candidate : candidates) most = std::max(most, candidate.log_probability);
  std::vector<Weighted> weighted;
  for (const Candidate& candidate : candidates) {
    if (!(candidate.log_probability > -std::numeric_limits<float>::infinity())) continue;  // also true of NaN
    weighted.push_back({candidate, std::exp(static_cast<double>(candidate.log_probability - most) / temperature)});
  }
  return weighted;
}

double sum(std::span<const Weighted> weighted) {
  double total = 0;
  for (const Weighted& one : weighted) total += one.weight;
  return total;
}

/// Keeps the `count` best, in order.
void keep_best(std::vector<Weighted>& weighted, std::size_t count) {
  if (weighted.size() <= count) return;
  std::partial_sort(weighted.begin(), weighted.begin() + static_cast<std::ptrdiff_t>(count), weighted.end(), better);
  weighted.resize(count);
}

/// Keeps the fewest best that hold `share` of the weight. Sorts in growing blocks, since few are enough as a rule.
void keep_nucleus(std::vector<Weighted>& weighted, double share) {
  const double wanted = share * sum(weighted);
  double held = 0;
  std::size_t sorted = 0;
  for (std::size_t kept = 0; kept < weighted.size(); ++kept) {
    if (kept == sorted) {
      const auto from = weighted.begin() + static_cast<std::ptrdiff_t>(sorted);
      sorted = std::min(weighted.size(), 4 * sorted + 32);
      std::partial_sort(from, weighted.begin() + static_cast<std::ptrdiff_t>(sorted), weighted.end(), better);
    }
    held += weighted[kept].weight;
    if (held >= wanted) return weighted.resize(kept + 1);
  }
}

}  // namespace

std::optional<Candidate> draw(std::span<const Candidate> candidates, const SearchOptions& options, Random& random) {
  std::vector<Weighted> weighted = weigh(candidates, options.temperature);
  if (weighted.empty()) return std::nullopt;
  if (options.top_k > 0) keep_best(weighted, static_cast<std::size_t>(options.top_k));
  if (options.top_p < 1) keep_nucleus(weighted, options.top_p);
  double left = random.uniform() * sum(weighted);
  for (const Weighted& one : weighted) {
    left -= one.weight;
    if (left < 0) return one.candidate;
  }
  return weighted.back().candidate;  // rounding left a crumb
}

Sampling::Sampling(Request request, const SearchOptions& options, const SpecialIds& ids)
    : SentenceSearch(std::move(request), options, ids) {
  for (int i = 0; i < options.n_best; ++i) {
    generators_.emplace_back(static_cast<std::uint64_t>(options.seed),
                             mix64(this->request().key) + static_cast<std::uint64_t>(i));
  }
}

void Sampling::choose(std::span<const Path> paths, std::span<const Candidate> candidates) {
  const std::size_t per_path = candidates.size() / paths.size();
  std::vector<Random> generators;
  for (std::size_t i = 0; i < generators_.size(); ++i) {
    const std::size_t path = std::min(i, paths.size() - 1);  // at first all draws share one row
    const std::optional<Candidate> drawn = draw(candidates.subspan(path * per_path, per_path), options(), generators_[i]);
    if (!drawn || drawn->token == ids().end) {
      finish(paths[path], drawn ? drawn->log_probability : 0, drawn.has_value());
    } else {
      open(paths, static_cast<int>(path), *drawn);
      generators.push_back(generators_[i]);
    }
  }
  generators_ = std::move(generators);
}

}  // namespace mynah::search
