#include "training/reporter.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace mynah::training {
namespace {

struct Shown : Progress {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> updates;
  bool finished = false;
  void update(std::uint64_t done, std::uint64_t total, std::string_view) override { updates.emplace_back(done, total); }
  void finish() override { finished = true; }
};

LossSums sums(double minimised, double cross_entropy) { return {at::scalar_tensor(minimised), at::scalar_tensor(cross_entropy)}; }

TEST(Reporter, MeansAreOverAllTokensSinceTheLastReport) {
  std::vector<std::string> said;
  const Log log([&](LogLevel, std::string_view line) { said.emplace_back(line); });
  Reporter reporter(log, nullptr, parse_limits("100u", "after"));
  reporter.add(sums(60, 40), 10, 0.001, 0.5);
  reporter.add(sums(90, 80), 20, 0.002, 0.5);
  const Report report = reporter.report({.updates = 50, .epochs = 1.5, .seconds = 10}, at::scalar_tensor(0.75));
  EXPECT_DOUBLE_EQ(report.minimised, 5);
  EXPECT_DOUBLE_EQ(report.cross_entropy, 4);
  EXPECT_DOUBLE_EQ(report.learn_rate, 0.002);
  EXPECT_DOUBLE_EQ(report.gradient_norm, 0.75);
  EXPECT_NEAR(report.tokens_per_second, 30, 3);
  ASSERT_EQ(said.size(), 1u);
  for (const char* part : {"u 50", "epoch 1.50", "loss 4.000", "10 s left"}) {
    EXPECT_NE(said[0].find(part), std::string::npos) << said[0];
  }
  reporter.add(sums(7, 7), 7, 0.001, 1);
  EXPECT_DOUBLE_EQ(reporter.report({.updates = 51}, at::scalar_tensor(1)).cross_entropy, 1);
}

TEST(Reporter, ARestartLosesNothing) {
  const auto through_json = [](const Reporter& reporter) { return Json::parse(reporter.state().dump()); };
  Reporter before({}, nullptr, {}), after({}, nullptr, {});
  before.add(sums(0.1, 1e-3), 10, 0.001, 0.5);
  before.add(sums(90, 80), 20, 0.002, 0.5);
  after.go_on({.updates = 49}, through_json(before));
  for (Reporter* reporter : {&before, &after}) reporter->add(sums(1, 2), 3, 0.003, 0.5);
  const Report expected = before.report({.updates = 50}, at::scalar_tensor(1));
  const Report found = after.report({.updates = 50}, at::scalar_tensor(1));
  EXPECT_EQ(found.minimised, expected.minimised);
  EXPECT_EQ(found.cross_entropy, expected.cross_entropy);
  EXPECT_EQ(found.learn_rate, expected.learn_rate);
  EXPECT_NEAR(found.tokens_per_second, 33 / 1.5, 3);
  EXPECT_TRUE(before.state().is_null());
  after.go_on({}, through_json(before));
  after.add(sums(7, 7), 7, 0.001, 1);
  EXPECT_DOUBLE_EQ(after.report({.updates = 51}, at::scalar_tensor(1)).cross_entropy, 1);
}

TEST(Reporter, SumsThatAreNotFiniteStaySo) {
  const double infinity = std::numeric_limits<double>::infinity();
  Reporter before({}, nullptr, {}), after({}, nullptr, {});
  before.add(sums(infinity, 1), 1, 0.001, 1);
  after.go_on({}, Json::parse(before.state().dump()));
  const Report report = after.report({.updates = 1}, at::scalar_tensor(1));
  EXPECT_FALSE(std::isfinite(report.minimised));
  EXPECT_EQ(report.cross_entropy, 1);
}

TEST(Reporter, TheBarFollowsTheNearestLimit) {
  Shown shown;
  Reporter reporter({}, &shown, parse_limits("1000u,10e", "after"));
  reporter.show({.updates = 100, .epochs = 5});
  reporter.finish();
  ASSERT_EQ(shown.updates.size(), 1u);
  EXPECT_EQ(shown.updates[0].first, 100u);
  EXPECT_EQ(shown.updates[0].second, 200u);
  EXPECT_TRUE(shown.finished);
}

}  // namespace
}  // namespace mynah::training
