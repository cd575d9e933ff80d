#include "search/sentence_search.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "search/decoder.h"

namespace mynah::search {

SentenceSearch::SentenceSearch(Request request, const SearchOptions& options, const SpecialIds& ids)
    : request_(std::move(request)),
      options_(options),
      ids_(ids),
      limit_(std::max(static_cast<std::size_t>(length_limit(options, request_.source.size())), request_.prefix.size() + 1)) {
  paths_.push_back({request_.prefix, std::vector<float>(request_.prefix.size(), 0.0F), 0});
  end_at_limit();
}

void SentenceSearch::step(std::span<const Candidate> candidates) {
  const std::vector<Path> before = std::exchange(paths_, {});
  parents_.clear();
  choose(before, candidates);
  if (paths_.empty() && finished_.empty()) {  // the constraints left nothing to choose from
    for (const Path& path : before) finish(path, 0, false);
  }
  if (settled()) paths_.clear();
  end_at_limit();
}

void SentenceSearch::open(std::span<const Path> paths, int parent, const Candidate& candidate) {
  Path path = paths[static_cast<std::size_t>(parent)];
  path.tokens.push_back(candidate.token);
  path.log_probabilities.push_back(candidate.log_probability);
  path.total += static_cast<double>(candidate.log_probability);
  paths_.push_back(std::move(path));
  parents_.push_back(parent);
}

void SentenceSearch::finish(const Path& path, float log_probability, bool complete) {
  Hypothesis hypothesis{path.tokens, path.log_probabilities, 0, complete};
  hypothesis.log_probabilities.push_back(log_probability);
  hypothesis.score = normalised(path.total + static_cast<double>(log_probability), generated(path) + 1);
  const auto place = std::ranges::upper_bound(finished_, hypothesis.score, std::greater<>(), &Hypothesis::score);
  finished_.insert(place, std::move(hypothesis));
}

/// All open paths have the same length, so they reach the limit together.
void SentenceSearch::end_at_limit() {
  if (paths_.empty() || paths_.front().tokens.size() + 1 < limit_) return;
  for (const Path& path : std::exchange(paths_, {})) finish(path, 0, false);
}

double SentenceSearch::normalised(double total, std::size_t length) const {
  return total / std::pow(static_cast<double>(length), options_.length_penalty);
}

Result SentenceSearch::take_result() {
  if (std::ssize(finished_) > options_.n_best) finished_.resize(static_cast<std::size_t>(options_.n_best));
  return {request_.key, std::move(finished_)};
}

}  // namespace mynah::search
