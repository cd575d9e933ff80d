#include "search/sampling.h"

#include <gmock/gmock.h>

#include <map>

#include "hash_model.h"

namespace mynah::search {
namespace {

std::vector<Candidate> candidates_with(const std::vector<double>& probabilities) {
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    candidates.push_back({static_cast<TokenId>(i), static_cast<float>(std::log(probabilities[i]))});
  }
  return candidates;
}

/// Pearson's statistic of 20,000 draws against the expected probabilities (0: must never come).
double chi_square(const std::vector<Candidate>& candidates, const SearchOptions& options, const std::vector<double>& expected) {
  constexpr int kDraws = 20000;
  Random random(7);
  std::map<TokenId, int> counts;
  for (int i = 0; i < kDraws; ++i) ++counts[draw(candidates, options, random).value().token];
  double statistic = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double wanted = kDraws * expected[i];
    const double found = counts[static_cast<TokenId>(i)];
    if (wanted == 0) {
      EXPECT_EQ(found, 0) << "token " << i;
    } else {
      statistic += (found - wanted) * (found - wanted) / wanted;
    }
  }
  return statistic;
}

constexpr double kCritical = 18.5;  // 4 degrees of freedom, one in a thousand

TEST(Sampling, DrawsFollowTheDistribution) {
  const std::vector<double> p{0.1, 0.4, 0.05, 0.25, 0.2};
  EXPECT_LT(chi_square(candidates_with(p), {}, p), kCritical);
}

TEST(Sampling, TemperatureBendsTheDistribution) {
  const std::vector<double> p{0.1, 0.4, 0.05, 0.25, 0.2};
  SearchOptions options;
  options.temperature = 0.5;
  double total = 0;
  for (const double one : p) total += one * one;
  std::vector<double> expected;
  for (const double one : p) expected.push_back(one * one / total);
  EXPECT_LT(chi_square(candidates_with(p), options, expected), kCritical);
  EXPECT_GT(chi_square(candidates_with(p), options, p), 100);
}

TEST(Sampling, TopKKeepsTheBest) {
  SearchOptions options;
  options.top_k = 2;
  EXPECT_LT(chi_square(candidates_with({0.1, 0.4, 0.05, 0.25, 0.2}), options, {0, 0.4 / 0.65, 0, 0.25 / 0.65, 0}), kCritical);
}

TEST(Sampling, TopPKeepsTheFewestThatHoldTheShare) {
  SearchOptions options;
  options.top_p = 0.6;  // 0.4 is not enough, 0.4 + 0.25 is
  EXPECT_LT(chi_square(candidates_with({0.1, 0.4, 0.05, 0.25, 0.2}), options, {0, 0.4 / 0.65, 0, 0.25 / 0.65, 0}), kCritical);
  options.top_p = 0.3;
  EXPECT_EQ(chi_square(candidates_with({0.1, 0.4, 0.05, 0.25, 0.2}), options, {0, 1, 0, 0, 0}), 0);
}

TEST(Sampling, TheNucleusIsRightForLargeVocabulariesToo) {
  constexpr int kVocabulary = 1000;
  std::vector<Candidate> candidates(kVocabulary);
  for (int i = 0; i < kVocabulary; ++i) candidates[static_cast<std::size_t>(i)] = {i, static_cast<float>(-std::log(1000.0))};
  SearchOptions options;
  options.top_p = 0.4995;  // equal probabilities: the 500 smallest ids
  Random random(3);
  TokenId largest = 0;
  for (int i = 0; i < 20000; ++i) largest = std::max(largest, draw(candidates, options, random)->token);
  EXPECT_EQ(largest, 499);
}

TEST(Sampling, ImpossibleCandidatesNeverCome) {
  Random random(1);
  const float never = -std::numeric_limits<float>::infinity();
  const std::vector<Candidate> none{{-1, never}, {3, std::nanf("")}};
  EXPECT_FALSE(draw(none, {}, random).has_value());
  const std::vector<Candidate> one{{-1, never}, {5, -40.0F}, {3, std::nanf("")}};
  for (int i = 0; i < 100; ++i) EXPECT_EQ(draw(one, {}, random)->token, 5);
}

const HashDistribution kDistribution{8, 3, 0.5, 11};

SearchOptions sampling_of(int draws) {
  SearchOptions options;
  options.sample = true;
  options.n_best = draws;
  options.max_length = 10;
  return options;
}

TEST(Sampling, WholeTargetsComeAsOftenAsTheModelSays) {
  SearchOptions options = sampling_of(1);
  options.max_length = 3;
  std::vector<Request> requests(4000, Request{0, {2, 0}, {}, {}});
  HashModel model(kDistribution, 64);
  std::map<Tokens, int> counts;
  for (const Result& result : decode_all(model, options, requests)) ++counts[result.hypotheses.at(0).tokens];
  double statistic = 0;
  int cells = 0;
  const auto first = kDistribution({2, 0}, {});
  const auto add = [&](const Tokens& target, double log_probability) {
    const double wanted = 4000 * std::exp(log_probability);
    statistic += (counts[target] - wanted) * (counts[target] - wanted) / wanted;
    ++cells;
  };
  add({}, first[0]);
  for (TokenId a = 1; a < 7; ++a) {
    const auto second = kDistribution({2, 0}, {a});
    add({a}, first[static_cast<std::size_t>(a)] + second[0]);
    for (TokenId b = 1; b < 7; ++b) add({a, b}, first[static_cast<std::size_t>(a)] + second[static_cast<std::size_t>(b)]);
  }
  EXPECT_EQ(cells, 43);
  EXPECT_LT(statistic, 77);  // 42 degrees of freedom, one in a thousand
}

TEST(Sampling, DrawsOfOneRequestDifferAndAreSortedByScore) {
  const auto found = decode_one(kDistribution, sampling_of(8), {2, 3, 0});
  ASSERT_EQ(found.size(), 8U);
  EXPECT_TRUE(std::ranges::is_sorted(found, std::greater<>(), &Hypothesis::score));
  EXPECT_NE(found.front().tokens, found.back().tokens);
}

TEST(Sampling, ScoresStayTheModels) {
  SearchOptions options = sampling_of(1);
  options.temperature = 0.3;
  const Hypothesis found = decode_one(kDistribution, options, {2, 3, 0}).at(0);
  Tokens target;
  for (std::size_t i = 0; i < found.tokens.size(); ++i) {
    EXPECT_EQ(found.log_probabilities[i], kDistribution({2, 3, 0}, target)[static_cast<std::size_t>(found.tokens[i])]);
    target.push_back(found.tokens[i]);
  }
}

TEST(Sampling, TheSeedDecides) {
  SearchOptions options = sampling_of(4);
  const auto tokens_with = [&](std::int64_t seed) {
    options.seed = seed;
    std::vector<Tokens> tokens;
    for (const auto& hypothesis : decode_one(kDistribution, options, {2, 3, 0})) tokens.push_back(hypothesis.tokens);
    return tokens;
  };
  EXPECT_EQ(tokens_with(1), tokens_with(1));
  EXPECT_NE(tokens_with(1), tokens_with(2));
}

TEST(Sampling, TopKAskedOfTheModelDrawsWhatTheWholeRowWouldDraw) {
  SearchOptions few = sampling_of(6);
  few.top_k = 3;
  SearchOptions whole = few;
  whole.repetition_penalty = 1 + 1e-12;  // fetches whole rows and changes nothing
  const auto a = decode_one(kDistribution, few, {4, 0});
  const auto b = decode_one(kDistribution, whole, {4, 0});
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i].tokens, b[i].tokens);
}

}  // namespace
}  // namespace mynah::search
