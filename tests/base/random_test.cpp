#include "base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <stdexcept>
#include <vector>

namespace mynah {
namespace {

TEST(Mix64, EqualsSplitMix64) {
  // The first draws of SplitMix64 seeded with 0, as its authors publish them.
  EXPECT_EQ(mix64(0), 0xe220a8397b1dcdafULL);
  EXPECT_EQ(mix64(0x9e3779b97f4a7c15ULL), 0x6e789e6aa1b965f4ULL);
  EXPECT_EQ(mix64(2 * 0x9e3779b97f4a7c15ULL), 0x06c45d188009454fULL);
}

TEST(Random, ItsCounterRestoresIt) {
  Random first(7, 3);
  for (int i = 0; i < 10; ++i) first();
  Random second(7, 3, first.counter());
  for (int i = 0; i < 10; ++i) EXPECT_EQ(first(), second());
}

TEST(Random, SeedsAndStreamsDiffer) {
  std::set<std::uint64_t> draws;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    for (std::uint64_t stream = 0; stream < 20; ++stream) draws.insert(Random(seed, stream)());
  }
  EXPECT_EQ(draws.size(), 400U);
}

TEST(Random, UniformFillsItsRangeEvenly) {
  Random random(1);
  std::array<int, 10> counts{};
  constexpr int kDraws = 100'000;
  for (int i = 0; i < kDraws; ++i) {
    const double value = random.uniform();
    ASSERT_GE(value, 0.0);
    ASSERT_LT(value, 1.0);
    ++counts[static_cast<std::size_t>(value * 10)];
  }
  for (const int count : counts) EXPECT_NEAR(count, kDraws / 10, 5 * 95);  // five standard deviations
}

TEST(Random, BelowReachesEveryValueAndNoOther) {
  Random random(2);
  std::array<int, 7> counts{};
  for (int i = 0; i < 70'000; ++i) ++counts.at(random.below(7));
  for (const int count : counts) EXPECT_NEAR(count, 10'000, 5 * 93);
  EXPECT_EQ(random.below(1), 0U);
}

TEST(Permutation, TakesEveryValueOnce) {
  for (const std::uint64_t size : {0U, 1U, 2U, 3U, 4U, 5U, 15U, 16U, 17U, 63U, 64U, 65U, 1000U, 4095U, 4096U, 4097U, 300'000U}) {
    for (const std::uint64_t seed : {0U, 1U, 12345U}) {
      const Permutation permutation(size, seed);
      EXPECT_EQ(permutation.size(), size);
      std::vector<bool> taken(size, false);
      for (std::uint64_t i = 0; i < size; ++i) {
        const std::uint64_t value = permutation.at(i);
        ASSERT_LT(value, size);
        ASSERT_FALSE(taken[value]) << size << ' ' << seed << ' ' << i;
        taken[value] = true;
      }
    }
  }
}

TEST(Permutation, StaysInRangeForTheLargestSizes) {
  for (const std::uint64_t size : {(std::uint64_t{1} << 40) + 1, (std::uint64_t{1} << 62) + 1, ~std::uint64_t{0}}) {
    const Permutation permutation(size, 9);
    std::set<std::uint64_t> values;
    for (std::uint64_t i = 0; i < 1000; ++i) {
      values.insert(permutation.at(i));
      values.insert(permutation.at(size - 1 - i));
    }
    EXPECT_EQ(values.size(), 2000U);
    EXPECT_LT(*values.rbegin(), size);
  }
}

TEST(Permutation, SeedsGiveDifferentOrders) {
  std::set<std::vector<std::uint64_t>> orders;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    std::vector<std::uint64_t> order;
    for (std::uint64_t i = 0; i < 20; ++i) order.push_back(Permutation(20, seed).at(i));
    orders.insert(order);
  }
  EXPECT_EQ(orders.size(), 50U);
}

TEST(Permutation, LeavesNoTraceOfTheOrder) {
  // A uniformly random permutation has about one fixed point and half of its neighbours in rising order.
  constexpr std::uint64_t kSize = 10'000;
  double fixed = 0, rising = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Permutation permutation(kSize, seed);
    for (std::uint64_t i = 0; i < kSize; ++i) {
      fixed += permutation.at(i) == i ? 1 : 0;
      if (i > 0) rising += permutation.at(i) > permutation.at(i - 1) ? 1 : 0;
    }
  }
  EXPECT_NEAR(fixed / 20, 1.0, 1.2);
  EXPECT_NEAR(rising / 20 / kSize, 0.5, 0.01);
}

TEST(Permutation, RefusesAnIndexOutsideItsSize) {
  EXPECT_THROW(Permutation(3, 0).at(3), std::logic_error);
  EXPECT_THROW(Permutation(0, 0).at(0), std::logic_error);
}

}  // namespace
}  // namespace mynah
