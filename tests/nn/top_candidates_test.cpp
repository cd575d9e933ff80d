#include "nn/top_candidates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "nn/torch.h"

namespace mynah::nn {
namespace {

using search::Candidate;
using Top = std::function<void(const Tensor&, int, std::span<Candidate>)>;

std::vector<std::pair<TokenId, float>> run(const Top& top, const Tensor& scores, int count) {
  std::vector<Candidate> candidates(static_cast<std::size_t>(scores.size(0) * count));
  top(scores, count, candidates);
  std::vector<std::pair<TokenId, float>> pairs;
  for (const Candidate& candidate : candidates) pairs.emplace_back(candidate.token, candidate.log_probability);
  return pairs;
}

/// Everything sorted, then cut.
std::vector<std::pair<TokenId, float>> sorted_whole(const Tensor& scores, int count) {
  std::vector<std::pair<TokenId, float>> pairs;
  for (std::int64_t row = 0; row < scores.size(0); ++row) {
    std::vector<std::pair<TokenId, float>> all;
    for (std::int64_t id = 0; id < scores.size(1); ++id) {
      const float score = scores[row][id].item<float>();
      if (score != -INFINITY) all.emplace_back(static_cast<TokenId>(id), score);
    }
    std::ranges::stable_sort(all, [](const auto& a, const auto& b) { return a.second > b.second; });
    all.resize(static_cast<std::size_t>(count), {-1, -INFINITY});
    pairs.insert(pairs.end(), all.begin(), all.end());
  }
  return pairs;
}

class TopCandidates : public testing::TestWithParam<Top> {};
INSTANTIATE_TEST_SUITE_P(BothWays, TopCandidates, testing::Values(Top(top_candidates), Top(top_candidates_by_sorting)));

TEST_P(TopCandidates, AreTheBest) {
  const Tensor scores = at::randn({5, 200});
  for (const int count : {1, 8, 199, 200}) EXPECT_EQ(run(GetParam(), scores, count), sorted_whole(scores, count));
}

TEST_P(TopCandidates, TiesGoToSmallerIds) {
  const Tensor scores = at::randint(-3, 3, {6, 90}).to(at::kFloat);
  for (const int count : {1, 5, 40, 90}) EXPECT_EQ(run(GetParam(), scores, count), sorted_whole(scores, count));
}

TEST_P(TopCandidates, MinusInfinityIsNone) {
  Tensor scores = at::full({2, 9}, -INFINITY);
  scores[0][4] = -2;
  scores[0][7] = -1;
  for (const int count : {1, 3, 9, 12}) EXPECT_EQ(run(GetParam(), scores, count), sorted_whole(scores, count));
}

TEST(TopCandidatesOnCpu, ReadsRowsThatAreNotContiguous) {
  const Tensor scores = at::randn({30, 4}).t();
  EXPECT_EQ(run(top_candidates, scores, 3), sorted_whole(scores, 3));
}

}  // namespace
}  // namespace mynah::nn
