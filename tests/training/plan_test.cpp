#include "training/plan.h"

#include <gtest/gtest.h>

#include <cmath>

#include "toy_network.h"

namespace mynah::training {
namespace {

constexpr Measured kMeasured{.seconds_per_update = 2, .tokens_per_update = 3000, .pairs_per_update = 100};

double expected(const char* after, const Standing& standing = {}) {
  return expected_seconds(kMeasured, parse_limits(after, "after"), standing, 1000);
}

TEST(Plan, ExpectsEveryKindOfEnd) {
  EXPECT_DOUBLE_EQ(expected("50u"), 100);
  EXPECT_DOUBLE_EQ(expected("3Mt"), 2000);
  EXPECT_DOUBLE_EQ(expected("5e"), 5 * 10 * 2);
  EXPECT_DOUBLE_EQ(expected("4min"), 240);
  EXPECT_DOUBLE_EQ(expected("50u,4min"), 100);
  EXPECT_TRUE(std::isinf(expected_seconds(kMeasured, {}, {}, 1000)));
}

TEST(Plan, CountsFromWhereTrainingStands) {
  EXPECT_DOUBLE_EQ(expected("50u", {.updates = 20}), 60);
  EXPECT_DOUBLE_EQ(expected("4min", {.seconds = 200}), 40);
  EXPECT_DOUBLE_EQ(expected("50u", {.updates = 70}), 0);
}

TEST(Plan, MeasuringCountsTokensAndLeavesNoGradient) {
  Replicas replicas({std::make_shared<ToyNetwork>()}, {}, {});
  const Measured measured = measure(replicas, [] { return std::vector{toy_batch({{1, 2, 0}, {3, 0}})}; });
  EXPECT_EQ(measured.tokens_per_update, 5);
  EXPECT_EQ(measured.pairs_per_update, 2);
  EXPECT_GT(measured.tokens_per_second(), 0);
  EXPECT_EQ(replicas.gradients()[0].abs().sum().item<float>(), 0);
}

TEST(Plan, PeakMemoryIsSomethingPlausible) {
  EXPECT_GT(peak_memory(), 1'000'000);
  EXPECT_LT(peak_memory(), std::int64_t{1} << 40);
}

}  // namespace
}  // namespace mynah::training
