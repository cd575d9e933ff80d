#include "nn/decoder_cache.h"

#include <gtest/gtest.h>

#include "nn/torch.h"

namespace mynah::nn {
namespace {

constexpr std::int64_t kLayers = 2, kFeatures = 4;

/// A cache over sources of these lengths whose cross keys all hold `mark` + sentence.
DecoderCache cache_over(const std::vector<std::int64_t>& lengths, double mark) {
  const auto sentences = static_cast<std::int64_t>(lengths.size());
  const std::int64_t longest = *std::max_element(lengths.begin(), lengths.end());
  const Tensor marks = (at::arange(sentences, at::kFloat) + mark).view({-1, 1, 1}).expand({-1, longest, kFeatures});
  return DecoderCache(std::vector<KeysValues>(kLayers, {marks, -marks}), at::tensor(lengths, at::kLong), kLayers);
}

/// One token per row, its key full of the row's number; returns layer 1's keys.
Tensor feed(DecoderCache& cache, const std::vector<float>& numbers) {
  const Tensor token = at::tensor(numbers).view({-1, 1, 1}).expand({-1, 1, kFeatures}).contiguous();
  cache.open(1);
  cache.extend(0, {token + 0.5, token});
  const Tensor keys = cache.extend(1, {token, -token}).keys.clone();
  cache.close(at::ones({cache.rows()}, at::kLong));
  return keys.select(2, 0);  // [rows, length]
}

Tensor table(const std::vector<std::vector<float>>& rows) {
  std::vector<Tensor> tensors;
  for (const auto& row : rows) tensors.push_back(at::tensor(row));
  return at::stack(tensors);
}

TEST(DecoderCache, CollectsTokensAndGrowsPastABlock) {
  DecoderCache cache = cache_over({3, 2}, 0);
  Tensor keys;
  for (int token = 0; token < 40; ++token) keys = feed(cache, {static_cast<float>(token), static_cast<float>(100 + token)});
  ASSERT_EQ(keys.size(1), 40);
  EXPECT_TRUE(at::equal(keys[0], at::arange(40, at::kFloat)));
  EXPECT_TRUE(at::equal(keys[1], at::arange(100, 140, at::kFloat)));
}

TEST(DecoderCache, RowsFollowTheirParents) {
  DecoderCache cache = cache_over({3, 2}, 0);
  feed(cache, {1, 2});
  cache.reorder(std::vector<std::int64_t>{1, 1, 0});
  EXPECT_EQ(cache.rows(), 3);
  EXPECT_TRUE(at::equal(feed(cache, {5, 6, 7}), table({{2, 5}, {2, 6}, {1, 7}})));
  EXPECT_EQ(cache.groups().sentence_of_row(), (std::vector<std::int64_t>{1, 1, 0}));
}

TEST(DecoderCache, ForgetsSentencesWithoutRows) {
  DecoderCache cache = cache_over({5, 2, 3}, 10);
  feed(cache, {1, 2, 3});
  cache.reorder(std::vector<std::int64_t>{2, 1});
  EXPECT_EQ(cache.groups().sentences(), 2);
  EXPECT_EQ(cache.groups().sentence_of_row(), (std::vector<std::int64_t>{1, 0}));
  ASSERT_EQ(cache.cross(1).keys.sizes(), (std::vector<std::int64_t>{2, 3, kFeatures}));
  EXPECT_TRUE(at::equal(cache.cross(1).keys.select(2, 0).select(1, 0), at::tensor({11.0F, 12.0F})));
  EXPECT_TRUE(at::equal(cache.cross(1).values.select(2, 0).select(1, 0), at::tensor({-11.0F, -12.0F})));
  EXPECT_TRUE(at::equal(cache.cross_visibility().key_lengths, at::tensor({2, 3}, at::kLong)));
}

TEST(DecoderCache, RowsThatJoinStandAtTheirOwnPositions) {
  DecoderCache cache = cache_over({3, 2}, 0);
  feed(cache, {1, 2});
  DecoderCache other = cache_over({4}, 20);
  cache.append(other);
  EXPECT_TRUE(at::equal(cache.lengths(), at::tensor({1, 1, 0}, at::kLong)));
  const Tensor keys = feed(cache, {5, 6, 7});
  EXPECT_TRUE(at::equal(keys.narrow(0, 0, 2), table({{1, 5}, {2, 6}})));
  EXPECT_EQ(keys[2][0].item<float>(), 7);
  EXPECT_EQ(cache.groups().sentence_of_row(), (std::vector<std::int64_t>{0, 1, 2}));
  ASSERT_EQ(cache.cross(0).keys.sizes(), (std::vector<std::int64_t>{3, 4, kFeatures}));
  EXPECT_EQ(cache.cross(0).keys[2][3][0].item<float>(), 20);
  cache.open(1);
  EXPECT_TRUE(at::equal(cache.self_visibility().key_lengths, at::tensor({3, 3, 2}, at::kLong)));
}

TEST(DecoderCache, ShrinksWhenTheLongestRowLeaves) {
  DecoderCache cache = cache_over({3}, 0);
  for (int token = 0; token < 40; ++token) feed(cache, {0});
  DecoderCache other = cache_over({2}, 1);
  cache.append(other);
  cache.reorder(std::vector<std::int64_t>{1});
  EXPECT_TRUE(at::equal(feed(cache, {8}), table({{8}})));
}

TEST(DecoderCache, OnlyFreshRowsReadSeveralTokensAtOnce) {
  DecoderCache cache = cache_over({3}, 0);
  feed(cache, {1});
  EXPECT_THROW(cache.open(2), std::logic_error);
}

}  // namespace
}  // namespace mynah::nn
