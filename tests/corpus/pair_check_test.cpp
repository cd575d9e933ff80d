#include "corpus/pair_check.h"

#include <gmock/gmock.h>

#include "../text/small_corpus.h"
#include "corpus/text_key.h"

namespace mynah::corpus {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using std::string_literals::operator""s;

PairRules rules(const char* source = "en", const char* target = "de") {
  PairRules wished;
  wished.source_language = source;
  wished.target_language = target;
  return wished;
}

CheckedPair checked(std::string source, std::string target, const PairRules& wished = rules()) {
  CheckedPair pair{{std::move(source), std::move(target), 1}, ""};
  check_pair(pair, wished);
  return pair;
}

std::vector<std::string> faults(const CheckedPair& pair) {
  std::vector<std::string> names;
  for (const Found& found : pair.found) names.emplace_back(info(found.fault).name);
  return names;
}

std::vector<std::string> faults(std::string source, std::string target, const PairRules& wished = rules()) {
  return faults(checked(std::move(source), std::move(target), wished));
}

constexpr const char* kEnglish = "The committee decided yesterday that the old bridge should be repaired before winter comes.";
constexpr const char* kGerman =
    "Der Ausschuss hat gestern beschlossen, dass die alte Brücke vor dem Winter repariert werden soll.";
constexpr const char* kFrench = "Le comité a décidé hier que le vieux pont devait être réparé avant l'arrivée de l'hiver.";
constexpr const char* kChinese = "委员会昨天决定在冬天到来之前修复那座旧桥。";

TEST(PairCheck, GoodPairsHaveNoFaults) {
  const auto corpus = small_corpus();
  for (std::size_t i = 0; i < corpus.source.size(); ++i) {
    ASSERT_THAT(faults(corpus.source[i], corpus.target[i]), IsEmpty()) << corpus.source[i] << " | " << corpus.target[i];
  }
  EXPECT_THAT(faults(kEnglish, kGerman), IsEmpty());
  EXPECT_THAT(faults("OK", "OK"), IsEmpty());
  EXPECT_THAT(faults("Microsoft Dynamics 365 Business Central", "Microsoft Dynamics 365 Business Central"), IsEmpty()) << "names";
  EXPECT_THAT(faults("The setting of io.max_rows in config.json: see set_rows().",
                     "Die Einstellung io.max_rows in config.json: siehe set_rows()."),
              IsEmpty());
  EXPECT_THAT(faults("See multiprocessing-start-methods and sqlite3.Connection.set_authorizer.",
                     "请参阅 multiprocessing-start-methods 和 sqlite3.Connection.set_authorizer。", rules("en", "zh")),
              IsEmpty());
}

TEST(PairCheck, MalformedAndEmptyPairsAreLookedAtNoFurther) {
  CheckedPair pair{{"", "", 3, "found 1 column"}, "x"};
  check_pair(pair, rules());
  EXPECT_THAT(faults(pair), ElementsAre("malformed"));
  EXPECT_EQ(pair.found[0].detail, "found 1 column");
  EXPECT_THAT(faults(" \t\u3000", "\x80 &amp;quot;"), ElementsAre("empty"));
  EXPECT_EQ(checked("", "x").found[0].detail, "source");
  EXPECT_EQ(checked("x", " ").found[0].detail, "target");
  EXPECT_EQ(checked("", "").found[0].detail, "both sides");
  EXPECT_EQ(checked("", "x").target, 0U);
}

TEST(PairCheck, Encoding) {
  EXPECT_THAT(faults("good day", "guten \xFF Tag"), ElementsAre("invalid-utf8"));
  EXPECT_THAT(faults("good\0day"s, "guten Tag"), ElementsAre("nul"));
  EXPECT_THAT(faults("good day", "\uFEFFguten Tag"), ElementsAre("byte-order-mark"));
  EXPECT_THAT(faults("good \uFFFD day", "guten Tag"), ElementsAre("replacement-character"));
  EXPECT_THAT(faults("good \x85 day", "guten Tag"), ElementsAre("invalid-utf8"));
  EXPECT_EQ(checked("good \u0085 day", "guten\rTag").found[0].detail, "source: U+0085; target: U+000D");
  EXPECT_THAT(faults("good day", "schÃ¶nen Tag"), ElementsAre("mojibake"));
  EXPECT_EQ(checked("good day", "schÃ¶nen Tag").found[0].detail, "target: Ã¶");
  EXPECT_THAT(faults("the &amp;quot;day&amp;quot;", "der Tag"), ElementsAre("double-escaped", "entity"));
}

TEST(PairCheck, LinesOfJsonThatWereRepaired) {
  CheckedPair pair{{"x\uFFFDy", "z", 1}, "{\"a\": \"x\xFFy\", \"b\": \"z\"}"};
  check_pair(pair, rules());
  EXPECT_THAT(faults(pair), ElementsAre("replacement-character", "invalid-utf8"));
}

TEST(PairCheck, Lengths) {
  PairRules wished = rules("", "");
  wished.max_length = 5;
  EXPECT_THAT(faults("one two three four five", "eins zwei drei vier fünf"), IsEmpty());
  EXPECT_THAT(faults("one two three four five six", "eins zwei drei vier fünf", wished), ElementsAre("too-long"));
  EXPECT_THAT(faults("one two three four five", "一二三四五六七八九十", wished), IsEmpty());
  EXPECT_THAT(faults("one two three four five", "一二三四五六七八九十百千", wished), ElementsAre("too-long"));
  EXPECT_THAT(faults("Yes.", "Das Auge ist leer von einem Selbst oder von etwas, das zu einem Selbst gehört."),
              ElementsAre("uneven"));
  EXPECT_THAT(faults("Yes.", "Aber ja doch."), IsEmpty()) << "short texts vary";
  EXPECT_EQ(checked("Yes.", kGerman).found[0].detail, "4 and 97 characters");
}

TEST(PairCheck, LengthsThatAreUsualInTheLanguages) {
  PairRules wished = rules("en", "zh");
  const std::string half(60, 'b');
  EXPECT_THAT(faults(std::string(120, 'a'), half, wished), IsEmpty()) << "nothing is known yet";
  std::vector<TextPair> pairs;
  for (std::size_t i = 0; i < 200; ++i) pairs.push_back({std::string(100 + i, 'a'), std::string(30 + i * 3 / 10, 'b'), i});
  wished.lengths = LengthModel(pairs);
  EXPECT_THAT(faults(std::string(200, 'a'), half, wished), IsEmpty());
  EXPECT_THAT(faults(half, std::string(60, 'a'), wished), ElementsAre("uneven")) << "once the languages are known";
  EXPECT_THAT(faults("See " + half + half, half + half + " 参阅", wished), IsEmpty()) << "what is shared is no translation";
}

TEST(PairCheck, Languages) {
  EXPECT_THAT(faults(kEnglish, kFrench), ElementsAre("wrong-language"));
  EXPECT_EQ(checked(kEnglish, kFrench).found[0].detail, "target: fr");
  EXPECT_EQ(checked(kGerman, kEnglish).found[0].detail, "source: de; target: en");
  EXPECT_THAT(faults(kEnglish, kChinese), ElementsAre("wrong-script"));
  EXPECT_THAT(faults(kEnglish, kChinese, rules("en", "zh")), IsEmpty());
  EXPECT_THAT(faults(kEnglish, kGerman, rules("en", "zh")), ElementsAre("wrong-script"));
  EXPECT_THAT(faults(kGerman, kFrench, rules("", "")), IsEmpty()) << "not known";
}

TEST(PairCheck, Untranslated) {
  EXPECT_THAT(faults(kEnglish, kEnglish), ElementsAre("untranslated"));
  EXPECT_THAT(faults(kEnglish, std::string(kEnglish) + " (1)"), ElementsAre("untranslated"));
  EXPECT_THAT(faults(kEnglish, kEnglish, rules("", "")), ElementsAre("untranslated"));
  EXPECT_THAT(faults(kEnglish, kEnglish, rules("en", "en")), IsEmpty()) << "a task within a language";
}

TEST(PairCheck, NumbersThatDiffer) {
  EXPECT_THAT(faults("It happened in 1985.", "Es geschah 1987."), ElementsAre("numbers"));
  EXPECT_EQ(checked("It happened in 1985.", "Es geschah 1987.").found[0].detail, "1985, 1987");
  EXPECT_THAT(faults("He paid 30 dollars.", "Er zahlte dreißig Dollar."), IsEmpty());
  EXPECT_THAT(faults("He paid 30 dollars.", "Er zahlte 50 Dollar."), ElementsAre("numbers"));
  EXPECT_THAT(faults("1) Both came in July 2010.", "二人于民国九十九年七月来。", rules("en", "zh")), IsEmpty());
  EXPECT_THAT(faults("The market opens at 9:00 a.m.", "Der Markt öffnet um neun Uhr morgens."), IsEmpty());
  EXPECT_THAT(faults("It has 20 digits: 12345678901234567890.", "Es hat 20 Ziffern."), ElementsAre("numbers"));
  EXPECT_THAT(faults("Chapter 17 of the book.", "Kapitel des Buchs."), ElementsAre("numbers"));
}

TEST(PairCheck, Markup) {
  EXPECT_THAT(faults("a <b>good</b> day", "ein <b>guter</b> Tag"), ElementsAre("tag"));
  EXPECT_EQ(checked("a <b>good</b> day", "ein <b>guter</b> Tag").found[0].detail, "source: <b>; target: <b>");
  EXPECT_THAT(faults("bread &amp; butter", "Brot und Butter"), ElementsAre("entity"));
}

TEST(PairCheck, FillsInWhatPairsAreComparedBy) {
  const CheckedPair pair = checked(" Good day! ", "guten Tag");
  EXPECT_EQ(pair.source, text_key("Good day!"));
  EXPECT_EQ(pair.target, text_key("guten Tag"));
  EXPECT_EQ(pair.plain_source, plain_text_key("GOOD-DAY"));
  EXPECT_EQ(pair.source_length, 7U);
  EXPECT_EQ(pair.target_length, 8U);
}

TEST(PairCheck, TakesHugeTextsInLinearTime) {
  std::string numbers, letters(3'000'000, 'a'), brackets;
  for (int i = 0; i < 100'000; ++i) numbers += std::to_string(100000 + i) + " ", brackets += "<a&amp;Ã";
  EXPECT_THAT(faults(numbers, letters), testing::Contains("too-long"));
  EXPECT_THAT(faults(brackets, letters), testing::Contains("too-long"));
}

}  // namespace
}  // namespace mynah::corpus
