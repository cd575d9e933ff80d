#include "inference/windows.h"

#include <gmock/gmock.h>

#include <numeric>

#include "base/random.h"

namespace mynah::inference {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Windows, WhatFitsIsOneWindow) {
  EXPECT_THAT(windows_over({}, 10), IsEmpty());
  EXPECT_THAT(windows_over(std::vector<std::size_t>{3, 3, 4}, 10), ElementsAre(Window{0, 3}));
}

TEST(Windows, SentencesLongerThanAWindowStandAlone) {
  EXPECT_THAT(windows_over(std::vector<std::size_t>{30, 30}, 10), ElementsAre(Window{0, 1}, Window{1, 2}));
}

TEST(Windows, TheyOverlapByATenth) {
  const std::vector<std::size_t> sizes(20, 5);
  EXPECT_THAT(windows_over(sizes, 60), ElementsAre(Window{0, 11}, Window{10, 20}));
}

TEST(Windows, AsManyAsAreWanted) {
  const std::vector<std::size_t> sizes(12, 5);
  EXPECT_EQ(windows_over(sizes, 100, 1).size(), 1U);
  EXPECT_EQ(windows_over(sizes, 100, 3).size(), 3U);
  EXPECT_EQ(windows_over(sizes, 100, 100).size(), 12U);
}

TEST(Windows, CoverEverySentenceWhateverTheSizes) {
  Random random(5);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::size_t> sizes(1 + random.below(80));
    for (std::size_t& size : sizes) size = 1 + random.below(40);
    const std::size_t most = 20 + random.below(200), least = 1 + random.below(5);
    const auto windows = windows_over(sizes, most, least);
    ASSERT_EQ(windows.front().begin, 0U);
    ASSERT_EQ(windows.back().end, sizes.size());
    for (std::size_t i = 0; i < windows.size(); ++i) {
      const auto [begin, end] = windows[i];
      ASSERT_LT(begin, end);
      const auto size = std::accumulate(sizes.begin() + static_cast<std::ptrdiff_t>(begin),
                                        sizes.begin() + static_cast<std::ptrdiff_t>(end), std::size_t{0});
      EXPECT_TRUE(size <= most || end == begin + 1);
      if (i == 0) continue;
      EXPECT_LE(begin, windows[i - 1].end) << "no sentence is left out";
      EXPECT_GT(end, windows[i - 1].end) << "each brings something new";
    }
  }
}

}  // namespace
}  // namespace mynah::inference
