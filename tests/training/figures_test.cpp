#include "training/figures.h"

#include <gtest/gtest.h>

#include <limits>

namespace mynah::training {
namespace {

TEST(Figures, Durations) {
  EXPECT_EQ(to_duration(0), "0 s");
  EXPECT_EQ(to_duration(59.6), "1 min 00 s");
  EXPECT_EQ(to_duration(200), "3 min 20 s");
  EXPECT_EQ(to_duration(3 * 3600 + 5 * 60), "3 h 05 min");
  EXPECT_EQ(to_duration(2 * 86400 + 4 * 3600), "2 d 4 h");
  EXPECT_EQ(to_duration(std::numeric_limits<double>::infinity()), "an unknown time");
}

TEST(Figures, Thousands) {
  EXPECT_EQ(with_thousands(0), "0");
  EXPECT_EQ(with_thousands(999), "999");
  EXPECT_EQ(with_thousands(1000), "1,000");
  EXPECT_EQ(with_thousands(1234567), "1,234,567");
  EXPECT_EQ(with_thousands(-123456), "-123,456");
}

TEST(Figures, Counts) {
  EXPECT_EQ(counted(1, "update", "updates"), "1 update");
  EXPECT_EQ(counted(0, "update", "updates"), "0 updates");
  EXPECT_EQ(counted(1000, "update", "updates"), "1,000 updates");
}

TEST(Figures, Sizes) {
  EXPECT_EQ(to_size(34'609 * 4), "138 kB");
  EXPECT_EQ(to_size(999'400), "999 kB");
  EXPECT_EQ(to_size(1e6), "1 MB");
  EXPECT_EQ(to_size(240.4e6), "240 MB");
}

TEST(Figures, Fixed) { EXPECT_EQ(fixed(2.34567, 3), "2.346"); }

}  // namespace
}  // namespace mynah::training
