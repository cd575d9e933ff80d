#include "corpus/seen.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace mynah::corpus {
namespace {

TEST(Seen, FindsAllItHolds) {
  Seen seen(std::uint64_t{64} << 20);
  Random random(1), again(1);
  constexpr int kMany = 300'000;
  int known = 0;
  for (int i = 0; i < kMany; ++i) known += seen.insert(random());
  EXPECT_LE(known, 1) << "chance";
  for (int i = 0; i < kMany; ++i) ASSERT_TRUE(seen.contains(again()));
  EXPECT_EQ(seen.size() + static_cast<std::uint64_t>(known), static_cast<std::uint64_t>(kMany));
  EXPECT_EQ(seen.forgotten(), 0U);
  EXPECT_LE(seen.bytes(), 15U * kMany);
}

TEST(Seen, HardlyEverTakesOneForAnother) {
  Seen seen(std::uint64_t{64} << 20);
  Random held(1), others(2);
  for (int i = 0; i < 200'000; ++i) seen.insert(held());
  int mistaken = 0;
  for (int i = 0; i < 500'000; ++i) mistaken += seen.contains(others());
  EXPECT_LE(mistaken, 1) << "expected: less than 0.01";
}

TEST(Seen, HoldsFingerprintsOfAnyKind) {
  Seen seen(1 << 20);
  for (const std::uint64_t fingerprint : {std::uint64_t{0}, std::uint64_t{1} << 63, ~std::uint64_t{0}}) {
    EXPECT_FALSE(seen.insert(fingerprint));
    EXPECT_TRUE(seen.insert(fingerprint));
  }
  EXPECT_EQ(seen.size(), 3U);
}

TEST(Seen, ForgetsRatherThanGrows) {
  constexpr std::uint64_t kBytes = (1 << 20) + 300'000;
  Seen seen(kBytes);
  Random random(1), again(1);
  constexpr int kMany = 400'000;
  std::uint64_t held = 0;
  for (int i = 0; i < kMany; ++i) seen.insert(random());
  EXPECT_LE(seen.bytes(), kBytes);
  EXPECT_GT(seen.bytes(), kBytes - (1 << 16));
  EXPECT_GT(seen.size(), kBytes / 6);
  EXPECT_GT(seen.forgotten(), 0U);
  for (int i = 0; i < kMany; ++i) held += seen.contains(again());
  EXPECT_NEAR(static_cast<double>(held), static_cast<double>(seen.size()), 5);
}

TEST(Seen, WithoutMemoryHoldsNothing) {
  Seen seen(100);
  EXPECT_FALSE(seen.insert(7));
  EXPECT_FALSE(seen.insert(7));
  EXPECT_EQ(seen.forgotten(), 2U);
}

}  // namespace
}  // namespace mynah::corpus
