#include "text/sentences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "text/utf8.h"

namespace mynah {
namespace {

using testing::ElementsAre;

std::vector<std::string> texts(const std::string& language, std::string_view text) {
  std::vector<std::string> result;
  for (const auto& sentence : SentenceSplitter(language).split(text)) result.emplace_back(sentence.text);
  return result;
}

TEST(Sentences, EnglishWithAbbreviations) {
  EXPECT_THAT(texts("en", "Dr. Smith met J. R. Brown at 5 p.m. on Monday. It was smart! \"Really?\" he said. Yes..."),
              ElementsAre("Dr. Smith met J. R. Brown at 5 p.m. on Monday.", "It was smart!", "\"Really?\" he said.", "Yes..."));
}

TEST(Sentences, GermanWithAbbreviationsAndOrdinals) {
  EXPECT_THAT(texts("de", "Das ist z. B. Wasser. Prof. Dr. Müller kam am 3. Oktober. Der Rest blieb. Der Zug fuhr."),
              ElementsAre("Das ist z. B. Wasser.", "Prof. Dr. Müller kam am 3. Oktober.", "Der Rest blieb.", "Der Zug fuhr."));
}

TEST(Sentences, FrenchWithSpacedMarks) {
  EXPECT_THAT(texts("fr", "M. Dupont est là ! Voir p. 5. Bien sûr."),
              ElementsAre("M. Dupont est là !", "Voir p. 5.", "Bien sûr."));
}

TEST(Sentences, ChineseAndJapaneseWithoutSpaces) {
  const std::string chinese = "我们走吧。他说：“好的！”然后走了。真的吗？";
  EXPECT_THAT(texts("zh", chinese), ElementsAre("我们走吧。", "他说：“好的！”", "然后走了。", "真的吗？"));
  for (const auto& sentence : SentenceSplitter("zh").split(chinese)) EXPECT_EQ(sentence.separator, "");
  EXPECT_THAT(texts("ja", "「はい。」と言った。そうです！"), ElementsAre("「はい。」", "と言った。", "そうです！"));
}

TEST(Sentences, OpeningMarksBelongToTheNextSentence) {
  EXPECT_THAT(texts("ja", "雨だ。「はい。」『いいえ。』（笑）そうです。"),
              ElementsAre("雨だ。", "「はい。」", "『いいえ。』", "（笑）そうです。"));
  EXPECT_THAT(texts("zh", "他来了。“好的！”她走了。\"是吗？\"真的。\"对。\""),
              ElementsAre("他来了。", "“好的！”", "她走了。", "\"是吗？\"", "真的。", "\"对。\""));
  EXPECT_THAT(texts("fr", "Il vint.«\u00A0Oui.\u00A0» Elle partit."),
              ElementsAre("Il vint.", "«\u00A0Oui.\u00A0»", "Elle partit."));
  EXPECT_THAT(texts("de", "Er kam. „Ja.“ Sie ging. »Nein.« Er blieb."),
              ElementsAre("Er kam.", "„Ja.“", "Sie ging.", "»Nein.«", "Er blieb."));
  EXPECT_THAT(texts("en", "It is so.(\"Why?\")"), ElementsAre("It is so.", "(\"Why?\")"));
  EXPECT_THAT(texts("en", "Yes.("), ElementsAre("Yes.("));
}

TEST(Sentences, ClosingMarksBelongToTheSentenceBefore) {
  EXPECT_THAT(texts("fr", "Elle dit\u00A0: «\u00A0Oui.\u00A0» Il partit. « Non ! » Et voilà."),
              ElementsAre("Elle dit\u00A0: «\u00A0Oui.\u00A0»", "Il partit.", "« Non ! »", "Et voilà."));
  EXPECT_THAT(texts("en", "\"We came. We saw. \" Then \"we\" left. \"Why?\" (No. ) “Yes. ” So."),
              ElementsAre("\"We came.", "We saw. \"", "Then \"we\" left.", "\"Why?\"", "(No. )", "“Yes. ”", "So."));
  EXPECT_THAT(texts("sv", "Han kom. ”Ja.” Hon gick. »Nej.» Slut."),
              ElementsAre("Han kom.", "”Ja.”", "Hon gick.", "»Nej.»", "Slut."));
  EXPECT_THAT(texts("en", "So it was. ’Tis gone. The end. ”"), ElementsAre("So it was.", "’Tis gone.", "The end. ”"));
}

TEST(Sentences, SpeechGoesOnInLowerCase) {
  EXPECT_THAT(texts("en", "\"Is it true?\" he asked. “Yes!” she said. 'No.' they all cried. \"So!\" It was."),
              ElementsAre("\"Is it true?\" he asked.", "“Yes!” she said.", "'No.' they all cried.", "\"So!\"", "It was."));
  EXPECT_THAT(texts("fr", "« Oui ! » dit-il. «\u00A0Non\u00A0!\u00A0» Elle partit."),
              ElementsAre("« Oui ! » dit-il.", "«\u00A0Non\u00A0!\u00A0»", "Elle partit."));
  EXPECT_THAT(texts("de", "„Wirklich?“ fragte er. »Ja!« sagte sie."), ElementsAre("„Wirklich?“ fragte er.", "»Ja!« sagte sie."));
}

TEST(Sentences, NumbersStayWithWhatTheyNumber) {
  EXPECT_THAT(texts("en", "1. Lay the surface. 2. Wait. 12. Run. It is 5. Then 2019. So"),
              ElementsAre("1. Lay the surface.", "2. Wait.", "12. Run.", "It is 5.", "Then 2019.", "So"));
  EXPECT_THAT(texts("en", "Run. 1."), ElementsAre("Run.", "1."));
  EXPECT_THAT(texts("en", "2019. It was."), ElementsAre("2019.", "It was."));
}

TEST(Sentences, SeparatorsAreKeptAsTheyStood) {
  const auto sentences = SentenceSplitter("en").split("  One.  Two.\u3000\n Three. ");
  ASSERT_EQ(sentences.size(), 3U);
  EXPECT_EQ(sentences[0].separator, "  ");
  EXPECT_EQ(sentences[1].separator, "\u3000\n ");
  EXPECT_EQ(sentences[2].separator, " ");
}

TEST(Sentences, BlankTextHasNone) {
  EXPECT_TRUE(SentenceSplitter("en").split("").empty());
  EXPECT_TRUE(SentenceSplitter("en").split(" \t\u00A0").empty());
}

TEST(Sentences, UnknownLanguagesUseTheRootRules) {
  for (const char* language : {"", "xx", "not a language", "en-Latn-x-private"}) {
    EXPECT_THAT(texts(language, "One. Two."), ElementsAre("One.", "Two.")) << language;
  }
}

TEST(Sentences, WithTheirSeparatorsAreTheTextAgain) {
  const std::vector<std::string> parts{"a",  "Äb", "Dr.", "3.", ".",   "!", "?", "。", "\u3000", " ",  "  ",
                                       "\n", "\"", "(",   "走", "B. ", "…", "»", "“",  "「",     "」", "1. "};
  Random random(7);
  const SentenceSplitter splitter("de");
  for (int trial = 0; trial < 2000; ++trial) {
    std::string text, joined;
    for (std::uint64_t part = random.below(30); part > 0; --part) text += parts[random.below(parts.size())];
    for (const auto& [sentence, separator] : splitter.split(text)) {
      EXPECT_FALSE(is_blank(sentence));
      EXPECT_TRUE(is_blank(separator));
      joined.append(sentence).append(separator);
    }
    ASSERT_EQ(joined, trim_start(text)) << text;
  }
}

using Halves = std::pair<std::string, std::string>;

Halves halves(std::string_view text, std::string_view language) {
  const std::size_t offset = split_point(text, language);
  return {std::string(text.substr(0, offset)), std::string(text.substr(offset))};
}

TEST(SplitPoint, PrefersTheClauseEndNearestToTheMiddle) {
  EXPECT_EQ(halves("one two, three four five, six seven eight nine ten", "en"),
            Halves("one two, three four five, ", "six seven eight nine ten"));
  EXPECT_EQ(halves("今天天气很好，我们去公园走走，好吗", "zh"), Halves("今天天气很好，", "我们去公园走走，好吗"));
  EXPECT_EQ(halves("worth 1,000,000 or 12:30:45 at most", "en").first, "worth 1,000,000 ")
      << "marks inside numbers are no clause ends";
}

TEST(SplitPoint, ElseWhiteSpace) {
  EXPECT_EQ(halves("So, one two three four five six seven", "en"), Halves("So, one two three ", "four five six seven"))
      << "a clause end near the edge would leave most of the text in one part";
}

TEST(SplitPoint, ElseAWordBoundary) {
  const auto [first, second] = halves("今天我们去公园散步", "zh");
  EXPECT_EQ(first, "今天我们") << "not inside 我们 or 公园";
  EXPECT_EQ(second, "去公园散步");
}

TEST(SplitPoint, ElseACodePoint) {
  EXPECT_EQ(halves("ääää", "en"), Halves("ää", "ää"));
  EXPECT_EQ(split_point("ä", "en"), 2U) << "one code point cannot be cut";
}

TEST(SplitPoint, AlwaysCutsInside) {
  for (const char* text : {"ab", "a ", " a", "  ", ",,", "a, ", "走。", "。。"}) {
    const std::size_t offset = split_point(text, "en");
    EXPECT_GT(offset, 0U) << text;
    EXPECT_LT(offset, std::string(text).size()) << text;
  }
}

}  // namespace
}  // namespace mynah
