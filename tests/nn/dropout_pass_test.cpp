#include "nn/dropout_pass.h"

#include <gtest/gtest.h>

#include <set>

namespace mynah::nn {
namespace {

TEST(DropoutPass, GivesEveryPlaceASeedOfItsOwn) {
  std::set<std::uint64_t> seeds;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    DropoutPass pass({}, seed);
    for (int place = 0; place < 50; ++place) seeds.insert(pass.next_seed());
  }
  EXPECT_EQ(seeds.size(), 2500U);
}

TEST(DropoutPass, RepeatsItself) {
  DropoutPass pass({}, 3), again({}, 3);
  for (int place = 0; place < 10; ++place) EXPECT_EQ(pass.next_seed(), again.next_seed());
}

TEST(DropoutPass, DropsNothingUnlessTold) {
  const DropoutPass none;
  EXPECT_EQ(none.rates().residual, 0);
  EXPECT_EQ(none.rates().attention, 0);
  EXPECT_EQ(none.rates().feed_forward, 0);
}

}  // namespace
}  // namespace mynah::nn
