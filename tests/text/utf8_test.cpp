#include "text/utf8.h"

#include <gtest/gtest.h>

namespace mynah {
namespace {

TEST(Utf8, TellsValidFromInvalid) {
  for (const char* valid : {"", "plain", "Äpfel", "日本語", "\U0001F426", "\uFFFD", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_valid_utf8(valid)) << valid;
  }
  for (const char* invalid :
       {"\x80", "\xC0\xAF", "\xC3", "a\xE2\x82", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFF"}) {
    EXPECT_FALSE(is_valid_utf8(invalid)) << testing::PrintToString(invalid);
  }
}

TEST(Utf8, RepairsAsTheUnicodeStandardShows) {
  // The standard's own examples (chapter 3, "U+FFFD Substitution of Maximal Subparts", tables 3-8 to 3-11).
  std::size_t repaired = 0;
  EXPECT_EQ(repair_utf8("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", &repaired), "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA");
  EXPECT_EQ(repaired, 8U);
  EXPECT_EQ(repair_utf8("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"), "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA");
  EXPECT_EQ(repair_utf8("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"), "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA\uFFFD\uFFFDB");
  EXPECT_EQ(repair_utf8("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", &repaired), "\uFFFD\uFFFD\uFFFD\uFFFDA");
  EXPECT_EQ(repaired, 12U);
}

TEST(Utf8, RepairLeavesValidTextAlone) {
  std::size_t repaired = 0;
  EXPECT_EQ(repair_utf8("Grüße, 世界 \U0001F426", &repaired), "Grüße, 世界 \U0001F426");
  EXPECT_EQ(repaired, 0U);
}

TEST(Utf8, LettersOfALanguagesScriptAreAShare) {
  EXPECT_DOUBLE_EQ(script_share("猫 cat", "zh"), 0.25);
  EXPECT_DOUBLE_EQ(script_share("猫 cat", "de"), 0.75);
  EXPECT_DOUBLE_EQ(script_share("кот", "en"), 0);
  EXPECT_DOUBLE_EQ(script_share("12!", "en"), 1);
  EXPECT_DOUBLE_EQ(script_share("кот", "xx-unknown"), 1);
}

TEST(Utf8, CountsAndCutsByCodePoint) {
  EXPECT_EQ(count_code_points("aé日\U0001F426"), 4U);
  EXPECT_EQ(first_code_points("aé日\U0001F426", 3), "aé日");
  EXPECT_EQ(first_code_points("aé", 0), "");
  EXPECT_EQ(first_code_points("aé", 9), "aé");
}

TEST(Utf8, WalksForwardsAndBackwardsOverTheSameCodePoints) {
  const std::string text = "aé日\xE2\x82z\U0001F426\xFF";
  std::u32string forwards, backwards;
  for (std::size_t offset = 0; offset < text.size();) forwards += next_code_point(text, offset);
  for (std::size_t offset = text.size(); offset > 0;) backwards.insert(0, 1, previous_code_point(text, offset));
  EXPECT_EQ(forwards, U"aé日\uFFFDz\U0001F426\uFFFD");
  EXPECT_EQ(backwards, forwards);
}

TEST(Utf8, KnowsUnicodeWhiteSpace) {
  EXPECT_TRUE(is_blank(""));
  EXPECT_TRUE(is_blank(" \t\u00A0\u3000\u2003"));
  EXPECT_FALSE(is_blank(" \u200B"));  // a zero-width space is none
  EXPECT_EQ(trim_start("\u3000 a b \n"), "a b \n");
  EXPECT_EQ(trim_end("\u3000a b \u00A0\n"), "\u3000a b");
  EXPECT_EQ(trim_end("\u3000\t"), "");
}

TEST(Utf8, LowersCaseByTheFullMapping) {
  EXPECT_EQ(lower_case("ÄRZTE I"), "ärzte i");
  EXPECT_EQ(lower_case("ΟΔΟΣ"), "οδος");  // the final sigma
  EXPECT_EQ(lower_case("İ"), "i\u0307");
}

TEST(Utf8, FitsTextToALanguagesScript) {
  EXPECT_TRUE(fits_script("我们用 GPU 走路", "zh"));
  EXPECT_FALSE(fits_script("we go", "zh"));
  EXPECT_TRUE(fits_script("Привет, мир", "ru"));
  EXPECT_FALSE(fits_script("Привет, мир", "en"));
  EXPECT_TRUE(fits_script("カタカナとひらがなと漢字", "ja"));
  EXPECT_TRUE(fits_script("12:30 !?", "ru")) << "text without letters fits everywhere";
  EXPECT_TRUE(fits_script("anything", "no-such-language"));
  EXPECT_TRUE(fits_script("漢字", ""));
}

}  // namespace
}  // namespace mynah
