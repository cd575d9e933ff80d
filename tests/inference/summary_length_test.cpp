#include "inference/summary_length.h"

#include <gmock/gmock.h>

#include "base/error.h"

namespace mynah::inference {
namespace {

using documents::Limits;
using documents::SourceText;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

SourceText source_of(const std::vector<std::size_t>& lengths) {
  SourceText source;
  for (const std::size_t words : lengths) {
    source.sentences.emplace_back().words = words;
    source.words += words;
  }
  return source;
}

Summary summary_of(const std::vector<std::size_t>& lengths) {
  Summary summary;
  for (const std::size_t words : lengths) summary.push_back({"text", words, {}});
  return summary;
}

const SourceText kSource = source_of({20, 30, 10, 40});

TEST(LimitsOf, WithoutAWishThreeSentences) {
  EXPECT_EQ(limits_of({}, kSource).sentences, 3U);
  EXPECT_EQ(limits_of({}, kSource).words, Limits::kNone);
  EXPECT_EQ(limits_of({.style = "paragraph"}, kSource).sentences, 5U);
  EXPECT_EQ(limits_of({.style = "bullets"}, kSource).sentences, 5U);
  EXPECT_EQ(limits_of({.style = "sentence"}, kSource).sentences, 1U);
}

TEST(LimitsOf, WordsAreAtLeastThreeQuarters) {
  const Limits limits = limits_of({.words = 50}, kSource);
  EXPECT_EQ(limits.sentences, Limits::kNone);
  EXPECT_EQ(limits.words, 50U);
  EXPECT_EQ(limits.least_words, 38U);
  EXPECT_EQ(limits_of({.words = 1}, kSource).least_words, 1U);
}

TEST(LimitsOf, ARatioIsOfTheSourcesWords) {
  EXPECT_EQ(limits_of({.ratio = "10%"}, kSource).words, 10U);
  EXPECT_EQ(limits_of({.ratio = "100%"}, kSource).words, 100U);
  EXPECT_EQ(limits_of({.words = 5, .ratio = "10%"}, kSource).words, 5U);
  EXPECT_EQ(limits_of({.words = 50, .ratio = "10%"}, kSource).words, 10U);
}

TEST(LimitsOf, SentencesAndWordsBothHold) {
  const Limits limits = limits_of({.sentences = 2, .words = 50}, kSource);
  EXPECT_EQ(limits.sentences, 2U);
  EXPECT_EQ(limits.words, 50U);
  EXPECT_EQ(limits.least_words, 0U) << "few sentences may well be short ones";
}

TEST(LimitsOf, AHeadlineIsShortWhereItCanBe) {
  EXPECT_EQ(limits_of({.style = "headline"}, kSource).words, 15U);
  EXPECT_EQ(limits_of({.style = "headline"}, source_of({20, 30})).words, Limits::kNone);
  EXPECT_EQ(limits_of({.style = "headline"}, source_of({20, 3})).words, Limits::kNone) << "three words are no headline";
  EXPECT_EQ(limits_of({.style = "headline", .words = 8}, kSource).words, 8U);
  EXPECT_EQ(limits_of({.style = "headline", .sentences = 4}, kSource).sentences, 1U);
}

TEST(NoSentenceFits, SaysHowShortSentencesAre) {
  EXPECT_THAT(no_sentence_fits({.words = 5}, kSource, {.words = 5}),
              AllOf(HasSubstr("--words 5: "), HasSubstr("at most 5"), HasSubstr("the shortest has 10")));
  EXPECT_THAT(no_sentence_fits({.ratio = "5%"}, kSource, {.words = 5}), HasSubstr("--ratio 5% (5 words): "));
  EXPECT_THAT(no_sentence_fits({.style = "headline"}, kSource, {.words = 15}), HasSubstr("--style headline: "));
}

std::vector<std::string> unmet(const LengthOptions& options, const SourceText& source, const std::vector<std::size_t>& lengths) {
  return unmet_wishes(options, source, limits_of(options, source), summary_of(lengths));
}

TEST(UnmetWishes, AreNamed) {
  EXPECT_THAT(unmet({.sentences = 7}, kSource, {20, 30, 10, 40}),
              ElementsAre("--sentences 7: the text has only 4 that can stand in a summary"));
  EXPECT_THAT(unmet({.words = 200}, kSource, {20, 30, 10, 40}), ElementsAre("--words 200: the text has only 100 words"));
  EXPECT_THAT(unmet({.words = 29}, source_of({20, 30}), {20}),
              ElementsAre(HasSubstr(
                  "--words 29: no choice of whole sentences was found that has between 22 and 29 words; the summary has 20")));
  EXPECT_THAT(unmet({.ratio = "60%"}, source_of({20, 30}), {20}), ElementsAre(HasSubstr("--ratio 60% (30 words): no choice")));
  EXPECT_THAT(unmet({.style = "headline"}, source_of({20, 30}), {20}),
              ElementsAre("--style headline: no sentence has 15 words or fewer; the summary has 20"));
  EXPECT_THAT(unmet({.style = "sentence", .sentences = 3}, kSource, {20}), ElementsAre("--sentences 3: a sentence is one"));
  EXPECT_THAT(unmet({.style = "headline", .words = 40}, kSource, {10}), ElementsAre("--words 40: a headline has 10"));
  EXPECT_THAT(unmet({.sentences = 2, .words = 80}, kSource, {20, 30}), ElementsAre("--words 80: so few sentences have 50"));
}

TEST(UnmetWishes, AreNoneWhereAllIsAsWished) {
  EXPECT_THAT(unmet({}, kSource, {20, 30}), IsEmpty());
  EXPECT_THAT(unmet({.sentences = 2}, kSource, {20, 30}), IsEmpty());
  EXPECT_THAT(unmet({.sentences = 3, .words = 50}, kSource, {20, 30}), IsEmpty());
  EXPECT_THAT(unmet({.words = 50}, kSource, {40}), IsEmpty());
  EXPECT_THAT(unmet({.style = "headline"}, kSource, {10}), IsEmpty());
}

}  // namespace
}  // namespace mynah::inference
