#include "text/abbreviations.h"

#include <gtest/gtest.h>

namespace mynah {
namespace {

TEST(Abbreviations, KnowsIcusListAndOurs) {
  const Abbreviations english("en");
  EXPECT_TRUE(english.end("He met Mr."));   // ICU's
  EXPECT_TRUE(english.end("He met (Dr."));  // ours, behind a bracket
  EXPECT_TRUE(english.end("at 5 p.m."));
  EXPECT_FALSE(english.end("He met him."));
  EXPECT_FALSE(english.end("He met Mr"));
  EXPECT_FALSE(english.end(""));
}

TEST(Abbreviations, MatchWholeWordsOnly) {
  EXPECT_FALSE(Abbreviations("de").end("Er trank Wasser."));  // "r." is in ICU's list
  EXPECT_FALSE(Abbreviations("de").end("Der Rest blieb."));   // and so is "b."
}

TEST(Abbreviations, MayHaveSeveralWords) {
  EXPECT_TRUE(Abbreviations("fr").end("né en 44 av. J.-C."));
  EXPECT_TRUE(Abbreviations("de").end("die Kaiser, k. u. k."));
}

TEST(Abbreviations, SingleLettersAreInitialsInEveryLanguage) {
  EXPECT_TRUE(Abbreviations("xx").end("by J."));
  EXPECT_TRUE(Abbreviations("xx").end("the U.S."));
  EXPECT_TRUE(Abbreviations("xx").end("в 1990 г."));
  EXPECT_FALSE(Abbreviations("xx").end("by ab."));
  EXPECT_FALSE(Abbreviations("xx").end("..."));
}

TEST(Abbreviations, OrdinalsWhereTheLanguageWritesThemSo) {
  EXPECT_TRUE(Abbreviations("de_AT").end("am 3."));
  EXPECT_TRUE(Abbreviations("de").end("am 31."));
  EXPECT_FALSE(Abbreviations("de").end("im Jahr 1990."));
  EXPECT_FALSE(Abbreviations("en").end("on page 3."));
}

}  // namespace
}  // namespace mynah
