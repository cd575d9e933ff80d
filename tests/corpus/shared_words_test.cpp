#include "corpus/shared_words.h"

#include <gtest/gtest.h>

namespace mynah::corpus {
namespace {

TEST(SharedWords, AreThoseOfBothSidesWhateverTheirCase) {
  const SideWords side =
      words_beside("Open the Dynamics 365 window of foo_bar", "Öffnen Sie das Fenster von DYNAMICS 365 foo.bar");
  EXPECT_EQ(side.own, "Open the window of ");
  EXPECT_EQ(side.initials, "Otwo");
  EXPECT_EQ(side.words, 8U);
  EXPECT_EQ(side.own_words, 4U);
  EXPECT_EQ(side.shared_small, 2U) << "foo, bar";
  EXPECT_EQ(side.shared_letters, 17U);
  EXPECT_EQ(side.unspaced, 0U);
}

TEST(SharedWords, LettersOfScriptsWithoutSpacesAreWords) {
  const SideWords side = words_beside("打开Dynamics的窗口", "open the Dynamics 窗");
  EXPECT_EQ(side.own, "打 开 的 口 ");
  EXPECT_EQ(side.words, 6U);
  EXPECT_EQ(side.unspaced, 5U);
  EXPECT_EQ(side.shared_letters, 9U);
}

TEST(SharedWords, OfNothingAreNone) {
  const SideWords side = words_beside("(…) +", "x");
  EXPECT_EQ(side.words, 0U);
  EXPECT_EQ(side.own, "");
  EXPECT_EQ(words_beside("a b", "").own_words, 2U);
  EXPECT_EQ(words_beside("Tom's dog", "").own, "Tom dog ");
}

}  // namespace
}  // namespace mynah::corpus
