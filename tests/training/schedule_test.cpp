#include "training/schedule.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"

namespace mynah::training {
namespace {

Schedule schedule(const char* decay) {
  return {parse_decay(decay), 0.002, parse_span("100u", "lr-warmup"), parse_limits("1000u", "after")};
}

double at(const Schedule& schedule, std::int64_t update) { return schedule.learn_rate({.updates = update}); }

TEST(Schedule, EveryKindRisesInALine) {
  for (const char* decay : {"inverse-square-root", "constant"}) {
    EXPECT_DOUBLE_EQ(at(schedule(decay), 1), 0.002 / 100) << decay;
    EXPECT_DOUBLE_EQ(at(schedule(decay), 50), 0.001) << decay;
    EXPECT_DOUBLE_EQ(at(schedule(decay), 100), 0.002) << decay;
  }
}

TEST(Schedule, InverseSquareRootHalvesAtFourTimesTheWarmup) {
  EXPECT_DOUBLE_EQ(at(schedule("inverse-square-root"), 400), 0.001);
  EXPECT_DOUBLE_EQ(at(schedule("inverse-square-root"), 900), 0.002 / 3);
}

TEST(Schedule, LineAndCosineEndAtZero) {
  EXPECT_DOUBLE_EQ(at(schedule("linear"), 500), 0.001);
  EXPECT_DOUBLE_EQ(at(schedule("linear"), 1000), 0);
  EXPECT_NEAR(at(schedule("cosine"), 500), 0.001, 1e-12);
  EXPECT_NEAR(at(schedule("cosine"), 250), 0.002 * 0.5 * (1 + std::sqrt(0.5)), 1e-12);
  EXPECT_NEAR(at(schedule("cosine"), 1000), 0, 1e-12);
  EXPECT_NEAR(at(schedule("cosine"), 2000), 0, 1e-12);
}

TEST(Schedule, WarmupMayBeGivenInTokens) {
  Schedule tokens = schedule("inverse-square-root");
  tokens.warmup = parse_span("1Mt", "lr-warmup");
  EXPECT_DOUBLE_EQ(tokens.learn_rate({.updates = 10, .target_tokens = 250'000}), 0.0005);
  EXPECT_DOUBLE_EQ(tokens.learn_rate({.updates = 10, .target_tokens = 4'000'000}), 0.001);
}

TEST(Schedule, WithoutWarmupBeginsAtThePeak) {
  Schedule none = schedule("inverse-square-root");
  none.warmup = parse_span("0", "lr-warmup");
  EXPECT_DOUBLE_EQ(none.learn_rate({.updates = 1}), 0.002);
  EXPECT_DOUBLE_EQ(none.learn_rate({.updates = 4}), 0.001);
}

TEST(Schedule, UnknownNamesAreRefused) { EXPECT_THROW(parse_decay("noam"), UsageError); }

}  // namespace
}  // namespace mynah::training
