#include "documents/extraction.h"

#include <gmock/gmock.h>

#include "made_documents.h"

namespace mynah::documents {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SourceText source_of(const std::vector<std::string>& sentences) {
  std::vector<Document> documents(1);
  for (const std::string& sentence : sentences) documents[0].paragraphs.push_back({sentence, ParagraphKind::prose});
  return source_text(documents, "en");
}

/// Sentences of so many words each, none like another.
SourceText source_of_lengths(const std::vector<std::size_t>& lengths) {
  std::vector<std::string> sentences;
  std::size_t number = 0;
  for (const std::size_t length : lengths) {
    sentences.emplace_back();
    for (std::size_t i = 0; i < length; ++i) sentences.back() += (i > 0 ? " w" : "w") + std::to_string(++number);
  }
  return source_of(sentences);
}

std::size_t words_of(const SourceText& source, const std::vector<std::size_t>& chosen) {
  std::size_t words = 0;
  for (const std::size_t sentence : chosen) words += source.sentences[sentence].words;
  return words;
}

TEST(Extract, NeverExceedsLimitsOrTheSourceAndKeepsTheOrder) {
  Random random(6);
  for (int trial = 0; trial < 400; ++trial) {
    const std::vector<Document> documents = made_documents(random, 1 + random.below(3));
    const SourceText source = source_text(documents, "en");
    const Ranking ranking = random.below(4) == 0 ? rank_by_position(source) : rank_sentences(source);
    Limits limits;
    if (random.below(2) == 0) limits.sentences = random.below(8);
    if (random.below(2) == 0) limits.words = random.below(120);
    if (limits.words != Limits::kNone) limits.least_words = limits.words * 3 / 4;
    const std::vector<std::size_t> chosen = extract(source, ranking, limits);
    EXPECT_TRUE(std::ranges::is_sorted(chosen));
    EXPECT_EQ(std::ranges::adjacent_find(chosen), chosen.end()) << "no sentence twice";
    for (const std::size_t sentence : chosen) EXPECT_LT(sentence, source.sentences.size());
    EXPECT_LE(chosen.size(), limits.sentences);
    EXPECT_LE(words_of(source, chosen), limits.words);
    if (limits.sentences >= source.sentences.size() && limits.words >= source.words) {
      EXPECT_EQ(chosen.size(), source.sentences.size());
    }
  }
}

TEST(ExtractFitting, TakesAsMuchAsFits) {
  const SourceText source = source_of_lengths({10, 12, 8, 20, 6, 9, 14, 11});
  const Ranking ranking = rank_sentences(source);
  for (std::size_t room = 1; room <= source.words; ++room) {
    const auto chosen = extract_fitting(source, ranking, source.words, [&](const std::vector<std::size_t>& sentences) {
      return words_of(source, sentences) <= room;
    });
    EXPECT_LE(words_of(source, chosen), room);
    EXPECT_EQ(chosen.empty(), room < 6) << room << " words";
  }
  EXPECT_THAT(extract_fitting(source, ranking, 40, [](const auto&) { return false; }), IsEmpty());
}

/// Whether any choice of sentences has between `least` and `most` words.
bool can_have(const SourceText& source, std::size_t least, std::size_t most) {
  for (std::size_t subset = 0; subset < std::size_t{1} << source.sentences.size(); ++subset) {
    std::size_t words = 0;
    for (std::size_t i = 0; i < source.sentences.size(); ++i) words += (subset >> i & 1) != 0 ? source.sentences[i].words : 0;
    if (words >= least && words <= most) return true;
  }
  return false;
}

TEST(Extract, HasAsManyWordsAsWishedWhereverAnyChoiceHas) {
  Random random(7);
  for (int trial = 0; trial < 300; ++trial) {
    std::vector<std::size_t> lengths(1 + random.below(9));
    for (std::size_t& length : lengths) length = 1 + random.below(40);
    const SourceText source = source_of_lengths(lengths);
    Limits limits;
    limits.words = random.below(100);
    limits.least_words = (3 * limits.words + 3) / 4;
    const std::size_t words = words_of(source, extract(source, rank_sentences(source), limits));
    EXPECT_LE(words, limits.words);
    if (can_have(source, limits.least_words, limits.words)) {
      EXPECT_GE(words, limits.least_words);
    }
  }
}

TEST(Extract, TakesTheBest) {
  const SourceText source = source_of({"A one b.", "A two b.", "A three b."});
  const Ranking ranking{rank_sentences(source).vectors, {0.2, 0.5, 1}};
  EXPECT_THAT(extract(source, ranking, {.sentences = 2}, 0), ElementsAre(1, 2));
  EXPECT_THAT(extract(source, ranking, {.sentences = 0}, 0), IsEmpty());
  EXPECT_THAT(extract(source, ranking, {}, 0), ElementsAre(0, 1, 2));
}

TEST(Extract, DoesNotSayThingsAgain) {
  const SourceText source = source_of(
      {"The ice in the north melts fast.", "The ice in the north melts fast!", "Whales follow the ships.", "Banks pay."});
  const Ranking ranking{rank_sentences(source).vectors, {1, 0.99, 0.5, 0.1}};
  EXPECT_THAT(extract(source, ranking, {.sentences = 2}), ElementsAre(0, 2));
  EXPECT_THAT(extract(source, ranking, {.sentences = 2}, 0), ElementsAre(0, 1));
}

TEST(Extract, TakesWhatRanksNothingOnlyForTheWish) {
  const SourceText source = source_of({"One two three.", "Four five", "Six seven eight.", "Nine"});
  const Ranking ranking{rank_sentences(source).vectors, {1, 0, 0.5, 0}};
  EXPECT_THAT(extract(source, ranking, {.sentences = 3}), ElementsAre(0, 2));
  EXPECT_THAT(extract(source, ranking, {.words = 8, .least_words = 6}), ElementsAre(0, 2));
  EXPECT_THAT(extract(source, ranking, {.words = 5, .least_words = 4}), ElementsAre(0, 3));
  EXPECT_THAT(extract(source, ranking, {.words = 9}), ElementsAre(0, 1, 2, 3));
}

TEST(Extract, TakesTheLongestThatFitsWhereNothingThatRanksDoes) {
  const SourceText source = source_of({"One two three four five six.", "Seven.", "Eight nine ten", "Eleven twelve."});
  const Ranking ranking{rank_sentences(source).vectors, {1, 0, 0, 0}};
  EXPECT_THAT(extract(source, ranking, {.sentences = 1, .words = 5}), ElementsAre(2));
  EXPECT_THAT(extract(source, ranking, {.sentences = 1, .words = 2}), ElementsAre(3));
  EXPECT_THAT(extract(source, ranking, {.sentences = 0, .words = 5}), IsEmpty());
}

TEST(Extract, OfNothingIsNothing) {
  const SourceText source = source_of({});
  EXPECT_THAT(extract(source, rank_sentences(source), {.sentences = 3}), IsEmpty());
  EXPECT_THAT(extract(source, rank_sentences(source), {.words = 80, .least_words = 60}), IsEmpty());
}

TEST(Extract, LeavesOutWhatIsTooLong) {
  const SourceText source = source_of_lengths({50, 3, 60});
  EXPECT_THAT(extract(source, rank_sentences(source), {.words = 10, .least_words = 8}), ElementsAre(1));
  EXPECT_THAT(extract(source, rank_sentences(source), {.words = 2}), IsEmpty());
}

}  // namespace
}  // namespace mynah::documents
