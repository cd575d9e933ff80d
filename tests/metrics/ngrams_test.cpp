#include "metrics/ngrams.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mynah::metrics {
namespace {

TEST(Ngrams, CodePointsOfAnyText) {
  EXPECT_EQ(code_points("aä漢\xf0\x9f\x99\x82"), U"aä漢\U0001F642");
  EXPECT_EQ(code_points("a\xff"
                        "b"),
            U"a\ufffd"
            U"b");
  EXPECT_EQ(code_points(""), U"");
}

TEST(Ngrams, WordsLieBetweenWhiteSpaceOfAnyKind) {
  EXPECT_THAT(words(U"  a\tbc\u00a0\u3000d\x1f"
                    U"e "),
              testing::ElementsAre(U"a", U"bc", U"d", U"e"));
  EXPECT_THAT(words(U"a\u200bb"), testing::ElementsAre(U"a\u200bb"));
  EXPECT_TRUE(words(U" \n").empty());
}

TEST(Ngrams, EqualWordsHaveEqualNumbers) {
  WordNumbers numbers;
  const std::u32string first = numbers.number({U"the", U"cat", U"the"}), second = numbers.number({U"cat", U"dog"});
  EXPECT_EQ(first[0], first[2]);
  EXPECT_NE(first[0], first[1]);
  EXPECT_EQ(second[0], first[1]);
  EXPECT_THAT(first, testing::Not(testing::Contains(second[1])));
}

void expect_counts(std::u32string_view hypothesis, std::u32string_view reference, std::size_t order,
                   const NgramCounts& expected) {
  const NgramCounts found = count_ngrams(hypothesis, reference, order);
  EXPECT_EQ(found.hypothesis, expected.hypothesis);
  EXPECT_EQ(found.reference, expected.reference);
  EXPECT_EQ(found.shared, expected.shared);
}

TEST(Ngrams, SharedOnesCountAsOftenAsTheRarerSideHasThem) {
  expect_counts(U"aaab", U"aab", 1, {4, 3, 3});
  expect_counts(U"aaab", U"aab", 2, {3, 2, 2});
  expect_counts(U"aaab", U"baa", 2, {3, 2, 1});
}

TEST(Ngrams, NoneInTooShortText) {
  expect_counts(U"ab", U"abc", 3, {0, 1, 0});
  expect_counts(U"", U"", 1, {0, 0, 0});
}

}  // namespace
}  // namespace mynah::metrics
