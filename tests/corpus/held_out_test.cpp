#include "corpus/held_out.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "fixtures.h"

namespace mynah::corpus {
namespace {

TEST(HeldOut, HoldsOutAUniformSampleByTheSeed) {
  const auto corpus = small_corpus(400);
  std::vector<int> drawn(401);
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Built built(corpus, {.hold_out = 20, .seed = seed, .keep_text = true});
    const auto cache = built.cache();
    ASSERT_EQ(built.account.held_out, 20);
    ASSERT_EQ(built.account.kept, 380);
    ASSERT_EQ(cache.size(), 380U);
    std::set<std::uint64_t> lines;
    for (const auto& pair : cache.held_out()) {
      ++drawn[pair.line];
      lines.insert(pair.line);
      EXPECT_EQ(pair.source, corpus.source[pair.line - 1]);
      EXPECT_EQ(pair.target, corpus.target[pair.line - 1]);
    }
    ASSERT_EQ(lines.size(), 20U) << "each line once";
    std::uint64_t next = 0;  // the others are for training, in order
    for (std::uint64_t line = 1; line <= 400; ++line) {
      if (lines.contains(line)) continue;
      ASSERT_EQ(cache.source_text(next++), corpus.source[line - 1]);
    }
  }
  int halves[2]{}, most = 0;
  for (std::size_t line = 1; line <= 400; ++line) {
    halves[line > 200] += drawn[line];
    most = std::max(most, drawn[line]);
  }
  EXPECT_NEAR(halves[0], 600, 5 * 17) << "of 1,200 draws";
  EXPECT_LT(most, 15) << "three are expected of each line";
}

TEST(HeldOut, HoldsOutATenthAtMost) {
  EXPECT_EQ(Built(small_corpus(50), {.hold_out = 1000}).account.held_out, 5);
  EXPECT_EQ(Built(small_corpus(3), {.hold_out = 1000}).account.held_out, 1);
  EXPECT_EQ(Built(small_corpus(1), {.hold_out = 1000}).account.held_out, 0);
}

}  // namespace
}  // namespace mynah::corpus
