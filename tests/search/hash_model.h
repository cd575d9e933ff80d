// A network for tests: next-token distributions come from a hash of the source and the target so far, so any of them can be asked
// for directly, and search on rows can be compared with plain recursion.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <tuple>
#include <vector>

#include "base/random.h"
#include "search/decoder.h"
#include "search/step_model.h"

namespace mynah::search {

using Tokens = std::vector<TokenId>;

/// Ids: `</s>` 0, `<unk>` 1, `<pad>` last.
inline SpecialIds special_ids(int vocabulary) { return {0, vocabulary - 1, 1}; }

/// The distribution itself. `peak` says how uneven it is; `end_bias` is added to the logit of `</s>`.
struct HashDistribution {
  int vocabulary = 6;
  double peak = 2;
  double end_bias = 0;
  std::uint64_t seed = 1;

  /// Natural logarithms over the vocabulary; -infinity at `<pad>` and outside `allowed` (empty: all).
  std::vector<float> operator()(const Tokens& source, const Tokens& target, const Tokens& allowed = {}) const {
    std::uint64_t state = mix64(seed);
    for (const TokenId token : source) state = mix64(state ^ static_cast<std::uint64_t>(token + 1));
    for (const TokenId token : target) state = mix64(state + static_cast<std::uint64_t>(token + 77));
    Random random(state);
    std::vector<double> logits;
    double total = 0;
    for (TokenId token = 0; token < vocabulary; ++token) {
      const double drawn = peak * random.uniform() + (token == 0 ? end_bias : 0);
      const bool possible = token != vocabulary - 1 && (allowed.empty() || std::ranges::binary_search(allowed, token));
      logits.push_back(possible ? drawn : -std::numeric_limits<double>::infinity());
      total += std::exp(logits.back());
    }
    std::vector<float> result;
    for (const double logit : logits) result.push_back(static_cast<float>(logit - std::log(total)));
    return result;
  }
};

/// The distribution behind the StepModel interface. Throws where the caller breaks the contract.
class HashModel final : public StepModel {
 public:
  HashModel(HashDistribution distribution, int capacity, bool refills = true)
      : distribution_(distribution), capacity_(capacity), refills_(refills) {}

  int vocabulary() const override { return distribution_.vocabulary; }
  int rows() const override { return static_cast<int>(rows_.size()); }
  int free_rows() const override { return capacity_ - rows(); }
  bool refills() const override { return refills_; }

  void advance(std::span<const Continuation> continuations, std::span<const Admission> admissions) override {
    std::vector<Row> grown;
    for (const auto& [parent, token] : continuations) {
      grown.push_back(rows_.at(static_cast<std::size_t>(parent)));
      if (token <= 0 || token >= vocabulary() - 1) throw std::logic_error("a row goes on with a token that ends or pads it");
      grown.back().target.push_back(token);
    }
    for (const auto& [source, prefix, allowed] : admissions) {
      grown.push_back({{source.begin(), source.end()}, {prefix.begin(), prefix.end()}, {allowed.begin(), allowed.end()}});
    }
    refilled_ |= !continuations.empty() && !admissions.empty();
    rows_ = std::move(grown);
    if (free_rows() < 0) throw std::logic_error("more rows than fit");
    steps_ += rows_.empty() ? 0 : 1;
    busiest_ = std::max(busiest_, rows());
  }

  void top(int count, std::span<const std::span<const TokenId>> forbidden, std::span<Candidate> candidates) override {
    if (forbidden.size() != rows_.size() || candidates.size() != rows_.size() * static_cast<std::size_t>(count)) {
      throw std::logic_error("top() asked for another number of rows");
    }
    auto place = candidates.begin();
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      std::vector<float> values = distribution(row);
      for (const TokenId token : forbidden[row]) values.at(static_cast<std::size_t>(token)) = kNever;
      for (const Candidate& best : best_of(values, count)) *place++ = best;
    }
  }

  void named(int row, std::span<const TokenId> tokens, std::span<float> log_probabilities) override {
    const std::vector<float> values = distribution(static_cast<std::size_t>(row));
    std::ranges::transform(tokens, log_probabilities.begin(), [&](TokenId t) { return values.at(static_cast<std::size_t>(t)); });
  }

  void all(std::span<float> log_probabilities) override {
    auto place = log_probabilities.begin();
    for (std::size_t row = 0; row < rows_.size(); ++row) place = std::ranges::copy(distribution(row), place).out;
  }

  int steps() const { return steps_; }         // advances that left rows
  int busiest() const { return busiest_; }     // most rows at once
  bool refilled() const { return refilled_; }  // while others went on

 private:
  struct Row {
    Tokens source, target, allowed;
  };
  static constexpr float kNever = -std::numeric_limits<float>::infinity();

  std::vector<float> distribution(std::size_t row) const {
    return distribution_(rows_[row].source, rows_[row].target, rows_[row].allowed);
  }

  static std::vector<Candidate> best_of(const std::vector<float>& values, int count) {
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] > kNever) candidates.push_back({static_cast<TokenId>(i), values[i]});
    }
    std::ranges::stable_sort(candidates, std::greater<>(), &Candidate::log_probability);
    candidates.resize(static_cast<std::size_t>(count), Candidate{-1, kNever});
    return candidates;
  }

  HashDistribution distribution_;
  int capacity_;
  bool refills_, refilled_ = false;
  std::vector<Row> rows_;
  int steps_ = 0, busiest_ = 0;
};

/// Decodes requests in order; the results come back in the order of the requests (keys are set to their places).
inline std::vector<Result> decode_all(StepModel& model, const SearchOptions& options, std::vector<Request> requests) {
  std::vector<Result> results(requests.size());
  std::size_t taken = 0;
  decode(
      model, options, special_ids(model.vocabulary()),
      [&]() -> std::optional<Request> {
        if (taken == requests.size()) return std::nullopt;
        requests[taken].key = taken;
        return requests[taken++];
      },
      [&](Result result) { results.at(result.key) = std::move(result); });
  return results;
}

/// Decodes one source alone.
inline std::vector<Hypothesis> decode_one(const HashDistribution& distribution, const SearchOptions& options, Request request) {
  HashModel model(distribution, rows_per_sentence(options));
  std::vector<Request> requests;
  requests.push_back(std::move(request));
  return decode_all(model, options, std::move(requests)).front().hypotheses;
}

inline std::vector<Hypothesis> decode_one(const HashDistribution& distribution, const SearchOptions& options, Tokens source) {
  return decode_one(distribution, options, Request{0, std::move(source), {}, {}});
}

}  // namespace mynah::search
