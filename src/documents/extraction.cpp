#include "documents/extraction.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/error.h"

namespace mynah::documents {
namespace {

std::size_t count_words(const SourceText& source, const std::vector<std::size_t>& chosen) {
  return std::accumulate(chosen.begin(), chosen.end(), std::size_t{0},
                         [&](std::size_t sum, std::size_t sentence) { return sum + source.sentences[sentence].words; });
}

std::vector<std::size_t> all_of(const SourceText& source) {
  std::vector<std::size_t> all(source.sentences.size());
  std::iota(all.begin(), all.end(), 0U);
  return all;
}

/// Sentence after sentence, each the one that is most worth it beside those chosen so far.
class Choice {
 public:
  Choice(const SourceText& source, const Ranking& ranking, const Limits& limits, double variety)
      : source_(source), ranking_(ranking), variety_(variety), words_left_(limits.words), repeats_(source.sentences.size()) {
    for (std::size_t i = 0; i < repeats_.size(); ++i) {
      if (ranking.scores[i] > 0) open_.push_back(i);
    }
  }

  bool take_next() {
    std::erase_if(open_, [&](std::size_t sentence) { return source_.sentences[sentence].words > words_left_; });
    const auto best = std::ranges::max_element(open_, {}, [&](std::size_t sentence) { return worth(sentence); });
    if (best == open_.end()) return false;
    const std::size_t sentence = *best;
    open_.erase(best);
    chosen_.push_back(sentence);
    if (words_left_ != Limits::kNone) words_left_ -= source_.sentences[sentence].words;
    if (variety_ == 0) return true;
    const std::vector<double> similar = ranking_.vectors.similarities(sentence);
    for (std::size_t i = 0; i < similar.size(); ++i) repeats_[i] = std::max(repeats_[i], similar[i]);
    return true;
  }

  const std::vector<std::size_t>& chosen() const { return chosen_; }

 private:
  double worth(std::size_t sentence) const { return (1 - variety_) * ranking_.scores[sentence] - variety_ * repeats_[sentence]; }

  const SourceText& source_;
  const Ranking& ranking_;
  double variety_;
  std::size_t words_left_;
  std::vector<std::size_t> chosen_;
  std::vector<double> repeats_;    // the greatest similarity to a chosen sentence
  std::vector<std::size_t> open_;  // worth something, not chosen, not too long for what is left
};

/// The sentences of the highest total score with so many words together (a knapsack), where there are such.
std::optional<std::vector<std::size_t>> fill(const SourceText& source, const Ranking& ranking, const Limits& limits) {
  constexpr std::size_t kMostSentences = 1000, kMostWords = 10000;
  if (limits.words > kMostWords) return std::nullopt;
  std::vector<std::size_t> candidates = all_of(source);
  std::ranges::stable_sort(candidates, std::ranges::greater(), [&](std::size_t sentence) { return ranking.scores[sentence]; });
  candidates.resize(std::min(candidates.size(), kMostSentences));
  const std::size_t width = limits.words + 1;
  std::vector<double> best(width, -1);  // by words; negative: not to be had
  std::vector<bool> taken(candidates.size() * width);
  best[0] = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::size_t words = source.sentences[candidates[i]].words;
    for (std::size_t total = limits.words; total >= words && total < width; --total) {
      const double with = best[total - words] + ranking.scores[candidates[i]];
      if (best[total - words] < 0 || with <= best[total]) continue;
      best[total] = with;
      taken[i * width + total] = true;
    }
  }
  const auto least = best.begin() + static_cast<std::ptrdiff_t>(limits.least_words);
  auto total = static_cast<std::size_t>(std::max_element(least, best.end()) - best.begin());
  if (best[total] < 0) return std::nullopt;
  std::vector<std::size_t> chosen;
  for (std::size_t i = candidates.size(); i-- > 0;) {
    if (!taken[i * width + total]) continue;
    chosen.push_back(candidates[i]);
    total -= source.sentences[candidates[i]].words;
  }
  return chosen;
}

/// Of sentences that rank nothing, as those of a few words: the longest that fits.
std::vector<std::size_t> longest_that_fits(const SourceText& source, const Limits& limits) {
  std::vector<std::size_t> fitting = all_of(source);
  std::erase_if(fitting, [&](std::size_t sentence) { return source.sentences[sentence].words > limits.words; });
  const auto longest =
      std::ranges::max_element(fitting, {}, [&](std::size_t sentence) { return source.sentences[sentence].words; });
  return longest == fitting.end() || limits.sentences == 0 ? std::vector<std::size_t>() : std::vector{*longest};
}

}  // namespace

std::vector<std::size_t> extract(const SourceText& source, const Ranking& ranking, const Limits& limits, double variety) {
  ensure(limits.least_words <= limits.words, "a summary may be as long as it should");
  if (source.words <= limits.words && source.sentences.size() <= limits.sentences) return all_of(source);
  Choice choice(source, ranking, limits, variety);
  while (choice.chosen().size() < limits.sentences && choice.take_next()) continue;
  std::vector<std::size_t> chosen = choice.chosen();
  if (count_words(source, chosen) < limits.least_words && limits.sentences == Limits::kNone) {
    if (auto filled = fill(source, ranking, limits)) chosen = std::move(*filled);
  }
  if (chosen.empty()) return longest_that_fits(source, limits);
  std::ranges::sort(chosen);
  return chosen;
}

std::vector<std::size_t> extract_fitting(const SourceText& source, const Ranking& ranking, std::size_t words,
                                         const std::function<bool(const std::vector<std::size_t>&)>& fits) {
  for (; words > 0; words -= 1 + words / 20) {
    std::vector<std::size_t> chosen = extract(source, ranking, {.words = words});
    if (chosen.empty() || fits(chosen)) return chosen;
  }
  return {};
}

}  // namespace mynah::documents
