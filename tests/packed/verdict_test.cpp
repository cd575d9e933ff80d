#include "packed/verdict.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "small_network.h"

namespace mynah::packed {
namespace {

/// What a step-by-step decoder finds best behind each beginning of a target, one row alone.
std::vector<TokenId> best_tokens(const search::Network& network, const search::Pair& pair) {
  const auto rows = network.step_model({1, 32, 32});
  std::vector<TokenId> best;
  for (std::size_t position = 0; position < pair.target.size(); ++position) {
    const search::Admission admission{pair.source, pair.target.first(position), {}};
    rows->advance({}, {&admission, 1});
    search::Candidate candidate{};
    const std::span<const TokenId> nothing;
    rows->top(1, {&nothing, 1}, {&candidate, 1});
    best.push_back(candidate.token);
  }
  return best;
}

TEST(Verdict, EqualsForcedPassesAndSingleRows) {
  const auto reference = make_network(small_parameters(Precision::float32)),
             eight = make_network(small_parameters(Precision::int8));
  const auto ids = random_sources(24, 5);
  std::vector<search::Pair> pairs;
  for (std::size_t i = 0; i + 1 < ids.size(); i += 2) pairs.push_back({ids[i], ids[i + 1]});
  const auto ours = eight->forced(pairs, {}), theirs = reference->forced(pairs, {});
  std::int64_t tokens = 0, alike = 0;
  double loss = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto found = best_tokens(*eight, pairs[i]), expected = best_tokens(*reference, pairs[i]);
    for (std::size_t position = 0; position < found.size(); ++position) {
      ++tokens;
      loss += theirs[i].log_probabilities[position] - ours[i].log_probabilities[position];
      alike += found[position] == expected[position] ? 1 : 0;
    }
  }
  const Verdict verdict = compare(*eight, *reference, pairs);
  EXPECT_EQ(verdict.tokens, tokens);
  EXPECT_NEAR(verdict.loss, loss / static_cast<double>(tokens), 1e-5);
  EXPECT_NE(verdict.loss, 0);
  EXPECT_DOUBLE_EQ(verdict.agreement, static_cast<double>(alike) / static_cast<double>(tokens));
  const Verdict same = compare(*reference, *reference, pairs);
  EXPECT_EQ(same.loss, 0);
  EXPECT_EQ(same.agreement, 1);
}

TEST(Verdict, AllowsWhatLosesLittle) {
  EXPECT_TRUE(allows({100, 0.02, 0.98}));
  EXPECT_TRUE(allows({100, -0.1, 1}));
  EXPECT_FALSE(allows({100, 0.0201, 1}));
  EXPECT_FALSE(allows({100, 0, 0.9799}));
  EXPECT_FALSE(allows({0, 0, 1}));
  EXPECT_FALSE(allows({100, std::numeric_limits<double>::quiet_NaN(), 1}));
}

}  // namespace
}  // namespace mynah::packed
