#include "corpus/length_model.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace mynah::corpus {
namespace {

/// Targets three times as long as their sources, give or take; the variance of a character is 4.
std::vector<TextPair> pairs_of(int count, double noise) {
  Random random(1);
  std::vector<TextPair> pairs;
  for (int i = 0; i < count; ++i) {
    const double source = 20 + random.uniform() * 80;
    const double normal = std::sqrt(-2 * std::log(1 - random.uniform())) * std::cos(6.283185307 * random.uniform());
    double target = 3 * source + normal * std::sqrt(4 * source * std::sqrt(3.0)) * std::sqrt(3.0);
    if (random.uniform() < noise) target = 5;
    pairs.push_back({std::string(static_cast<std::size_t>(source), 'a'), std::string(static_cast<std::size_t>(target), 'b'), 0});
  }
  return pairs;
}

TEST(LengthModel, LearnsRatioAndSpreadThroughNoise) {
  const LengthModel model(pairs_of(5000, 0.1));
  EXPECT_TRUE(model.learnt());
  EXPECT_NEAR(model.ratio(), 3, 0.15);
  EXPECT_NEAR(model.deviation(50, 150), 0, 0.3);
  EXPECT_NEAR(model.deviation(50, 150 + static_cast<std::size_t>(std::sqrt(4 * 50 * std::sqrt(3.0) * 3))), 1, 0.4);
  EXPECT_LT(model.deviation(50, 50), -3);
  EXPECT_GT(model.deviation(50, 450), 5);
}

TEST(LengthModel, IsAlikeFromBothSides) {
  const LengthModel model;
  EXPECT_DOUBLE_EQ(model.deviation(30, 80), -model.deviation(80, 30));
  EXPECT_EQ(model.deviation(0, 0), 0);
  EXPECT_GT(std::abs(model.deviation(100, 200)), std::abs(model.deviation(10, 20))) << "longer texts tell more";
}

TEST(LengthModel, FewPairsTeachNothing) {
  const LengthModel model(pairs_of(99, 0));
  EXPECT_FALSE(model.learnt());
  EXPECT_EQ(model.ratio(), 1);
  EXPECT_EQ(LengthModel({{"", "", 1}}).deviation(10, 10), 0);
}

}  // namespace
}  // namespace mynah::corpus
