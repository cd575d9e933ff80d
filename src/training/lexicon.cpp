#include "training/lexicon.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <utility>
#include <vector>

#include "base/error.h"

namespace mynah::training {
namespace {

/// What is known of one source piece that may become the target at hand: first how often it is expected to, then how probably.
struct Origin {
  TokenId source;
  float value;
};

/// The dense rows that one thread works with, by source piece; zero between two targets.
struct Scratch {
  explicit Scratch(std::size_t vocabulary) : probabilities(vocabulary), expected(vocabulary) {}
  std::vector<float> probabilities;
  std::vector<double> expected;
  std::vector<TokenId> met;
};

/// Works target by target: what one comes from depends on no other, and its rows stay in the nearest cache.
class ModelOne {
 public:
  ModelOne(std::span<const WeightedPair> pairs, std::size_t vocabulary, const LexiconOptions& options);

  void iterate();
  model::Lexicon lexicon() const;

 private:
  void expect(std::size_t target, Scratch& scratch);
  void find_sources(std::size_t target, Scratch& scratch) const;
  void maximise();
  std::span<const std::uint32_t> pairs_with(std::size_t target) const {
    return std::span(places_).subspan(starts_[target], starts_[target + 1] - starts_[target]);
  }

  std::span<const WeightedPair> pairs_;
  std::size_t vocabulary_;
  LexiconOptions options_;
  std::vector<std::uint64_t> starts_;         // by target, among the places
  std::vector<std::uint32_t> places_;         // the pair of each of its occurrences
  std::vector<double> occurrences_;           // by source
  std::vector<std::vector<Origin>> origins_;  // by target
  bool knows_nothing_ = true;
};

ModelOne::ModelOne(std::span<const WeightedPair> pairs, std::size_t vocabulary, const LexiconOptions& options)
    : pairs_(pairs),
      vocabulary_(vocabulary),
      options_(options),
      starts_(vocabulary + 1),
      occurrences_(vocabulary),
      origins_(vocabulary) {
  for (const WeightedPair& pair : pairs) {
    for (const TokenId target : pair.target) ++starts_[static_cast<std::size_t>(target) + 1];
    for (const TokenId source : pair.source) occurrences_[static_cast<std::size_t>(source)] += pair.weight;
  }
  for (std::size_t target = 0; target < vocabulary; ++target) starts_[target + 1] += starts_[target];
  places_.resize(starts_.back());
  std::vector<std::uint64_t> next(starts_.begin(), starts_.end() - 1);
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    for (const TokenId target : pairs[pair].target)
      places_[next[static_cast<std::size_t>(target)]++] = static_cast<std::uint32_t>(pair);
  }
}

void ModelOne::iterate() {
  std::atomic<std::size_t> waiting = 0;
  std::vector<std::future<void>> work;
  for (int thread = 0; thread < std::max(1, options_.threads); ++thread) {
    work.push_back(std::async(std::launch::async, [&] {
      Scratch scratch(vocabulary_);
      for (std::size_t target; (target = waiting++) < vocabulary_;) expect(target, scratch);
    }));
  }
  for (auto& part : work) part.get();
  maximise();
  knows_nothing_ = false;
}

/// The sources that the target may come from, and their probabilities.
void ModelOne::find_sources(std::size_t target, Scratch& scratch) const {
  scratch.met.clear();
  for (const auto& [source, probability] : origins_[target]) {
    scratch.met.push_back(source);
    scratch.probabilities[static_cast<std::size_t>(source)] = probability;
  }
  if (!knows_nothing_) return;
  for (const std::uint32_t pair : pairs_with(target)) {
    for (const TokenId source : pairs_[pair].source) {
      float& probability = scratch.probabilities[static_cast<std::size_t>(source)];
      if (std::exchange(probability, 1.0F) == 0) scratch.met.push_back(source);
    }
  }
  std::ranges::sort(scratch.met);
}

void ModelOne::expect(std::size_t target, Scratch& scratch) {
  find_sources(target, scratch);
  const auto probability = [&](TokenId source) {
    return static_cast<double>(scratch.probabilities[static_cast<std::size_t>(source)]);
  };
  for (const std::uint32_t place : pairs_with(target)) {
    const WeightedPair& pair = pairs_[place];
    double sum = 0;
    for (const TokenId source : pair.source) sum += probability(source);
    if (!(sum > 0)) continue;
    const double share = pair.weight / sum;
    for (const TokenId source : pair.source) scratch.expected[static_cast<std::size_t>(source)] += share * probability(source);
  }
  std::vector<Origin> origins;
  for (const TokenId source : scratch.met) {
    const auto id = static_cast<std::size_t>(source);
    const double expected = std::exchange(scratch.expected[id], 0);
    scratch.probabilities[id] = 0;
    if (expected > 0 && expected >= options_.least * occurrences_[id]) origins.push_back({source, static_cast<float>(expected)});
  }
  origins.shrink_to_fit();
  origins_[target] = std::move(origins);
}

/// Expected numbers become probabilities.
void ModelOne::maximise() {
  std::vector<double> totals(vocabulary_);
  for (const auto& origins : origins_) {
    for (const auto& [source, expected] : origins) totals[static_cast<std::size_t>(source)] += static_cast<double>(expected);
  }
  for (auto& origins : origins_) {
    for (auto& [source, value] : origins)
      value = static_cast<float>(static_cast<double>(value) / totals[static_cast<std::size_t>(source)]);
  }
}

model::Lexicon ModelOne::lexicon() const {
  model::Lexicon lexicon{std::vector<std::vector<model::Translation>>(vocabulary_), std::vector<double>(vocabulary_)};
  for (std::size_t target = 0; target < vocabulary_; ++target) {
    for (const auto& [source, probability] : origins_[target]) {
      lexicon.translations[static_cast<std::size_t>(source)].push_back({static_cast<TokenId>(target), probability});
    }
    for (const std::uint32_t pair : pairs_with(target)) lexicon.frequency[target] += pairs_[pair].weight;
  }
  return lexicon;
}

}  // namespace

model::Lexicon learn_lexicon(std::span<const WeightedPair> pairs, int vocabulary, const LexiconOptions& options) {
  ensure(pairs.size() < UINT32_MAX, "pairs can be numbered");
  ModelOne model(pairs, static_cast<std::size_t>(vocabulary), options);
  for (int iteration = 0; iteration < options.iterations; ++iteration) model.iterate();
  return model.lexicon();
}

}  // namespace mynah::training
