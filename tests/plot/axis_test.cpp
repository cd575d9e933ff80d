#include "plot/axis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace mynah::plot {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

std::vector<std::string> labels(const Axis& axis) {
  std::vector<std::string> result;
  for (const double tick : axis.ticks()) result.push_back(axis.label(tick));
  return result;
}

TEST(Axis, HasRoundTicks) {
  EXPECT_THAT(labels(Axis::over({0, 97}, 5, false)), ElementsAre("0", "20", "40", "60", "80"));
  EXPECT_THAT(labels(Axis::over({1.31, 7.4}, 5, true)), ElementsAre("0", "2", "4", "6", "8"));
  EXPECT_THAT(labels(Axis::over({0.11, 0.42}, 5, true)), ElementsAre("0.1", "0.2", "0.3", "0.4", "0.5"));
  EXPECT_THAT(labels(Axis::over({-1, 1}, 4, true)), ElementsAre("-1.0", "-0.5", "0", "0.5", "1.0"));
}

TEST(Axis, LabelsStayShort) {
  EXPECT_THAT(labels(Axis::over({0, 6000}, 3, true)), ElementsAre("0", "2,000", "4,000", "6,000"));
  EXPECT_THAT(labels(Axis::over({0, 45000}, 4, true)), ElementsAre("0", "20k", "40k", "60k"));
  EXPECT_THAT(labels(Axis::over({0, 3e6}, 6, true)), ElementsAre("0", "0.5M", "1.0M", "1.5M", "2.0M", "2.5M", "3.0M"));
  EXPECT_THAT(labels(Axis::over({0, 3e-5}, 3, true)), ElementsAre("0", "1e-05", "2e-05", "3e-05"));
  EXPECT_THAT(labels(Axis::over({-2000, 0}, 2, true)), ElementsAre("-2,000", "-1,000", "0"));
}

TEST(Axis, MapsValuesToPositionsEitherWayRound) {
  const Axis upwards = Axis::over({0, 10}, 5, true).placed(300, 100);
  EXPECT_THAT(upwards.position(0), DoubleNear(300, 1e-9));
  EXPECT_THAT(upwards.position(10), DoubleNear(100, 1e-9));
  EXPECT_THAT(upwards.position(2.5), DoubleNear(250, 1e-9));
}

TEST(Axis, CoversAllItsDataWhateverTheRange) {
  for (const double scale : {1e-7, 3e-3, 1.0, 7e4, 2e9}) {
    for (const double offset : {0.0, 1.0, -5.5}) {
      const std::vector<double> values{offset * scale, (offset + 1) * scale};
      const Axis axis = Axis::over(values, 5, true).placed(0, 100);
      for (const double value : values) {
        EXPECT_GE(axis.position(value), -1e-6) << scale;
        EXPECT_LE(axis.position(value), 100 + 1e-6) << scale;
      }
      EXPECT_GE(axis.ticks().size(), 3u) << scale;
      EXPECT_LE(axis.ticks().size(), 8u) << scale;
    }
  }
}

TEST(Axis, StandsWithoutData) {
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(labels(Axis::over({nothing}, 5, true)), ElementsAre("0", "0.2", "0.4", "0.6", "0.8", "1.0"));
  EXPECT_THAT(Axis::over({7}, 5, false).placed(0, 100).position(7), DoubleNear(50, 1e-9));
  EXPECT_THAT(Axis::over({0}, 5, false).placed(0, 100).position(0), DoubleNear(50, 1e-9));
}

}  // namespace
}  // namespace mynah::plot
