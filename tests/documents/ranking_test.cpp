#include "documents/ranking.h"

#include <gmock/gmock.h>

#include <cmath>
#include <numeric>

#include "made_documents.h"

namespace mynah::documents {
namespace {

SourceText source_of(const std::vector<std::string>& sentences, const std::string& title = "") {
  std::vector<Document> documents(1);
  for (const std::string& sentence : sentences) documents[0].paragraphs.push_back({sentence, ParagraphKind::prose});
  return source_text(documents, "en", title);
}

std::size_t best(const Ranking& ranking) {
  return static_cast<std::size_t>(std::ranges::max_element(ranking.scores) - ranking.scores.begin());
}

/// The reader of centrality(), step by step on a dense matrix, until nothing changes.
std::vector<double> walk(const TermVectors& vectors, const std::vector<double>& prior) {
  const std::size_t size = prior.size();
  std::vector<double> found = prior;
  for (int step = 0; step < 300; ++step) {
    std::vector<double> next(size);
    for (std::size_t from = 0; from < size; ++from) {
      const std::vector<double> similar = vectors.similarities(from);
      const double degree = std::accumulate(similar.begin(), similar.end(), 0.0);
      for (std::size_t to = 0; to < size; ++to) {
        const double going = from == to ? 0 : similar[to], staying = degree > 0 ? similar[from] * prior[to] : prior[to];
        next[to] += found[from] * (going + staying) / std::max(degree, 1.0);
      }
    }
    found = next;
  }
  return found;
}

TEST(Centrality, IsWhereAReaderOfSimilarTextsIsFound) {
  Random random(4);
  for (int trial = 0; trial < 60; ++trial) {
    const std::vector<Document> documents = made_documents(random, 2);
    const SourceText source = source_text(documents, "en");
    std::vector<std::vector<TermId>> terms;
    std::vector<double> prior;
    for (const SourceSentence& sentence : source.sentences) {
      terms.push_back(sentence.terms);
      prior.push_back(0.1 + random.uniform());
    }
    const double sum = std::accumulate(prior.begin(), prior.end(), 0.0);
    for (double& value : prior) value /= sum;
    const TermVectors vectors(terms, source.terms);
    const std::vector<double> found = centrality(vectors, prior), expected = walk(vectors, prior);
    for (std::size_t i = 0; i < prior.size(); ++i) EXPECT_NEAR(found[i], expected[i], 1e-4);
    if (!prior.empty()) {
      EXPECT_NEAR(std::accumulate(found.begin(), found.end(), 0.0), 1, 1e-4);
    }
  }
}

TEST(ReadingPrior, FallsFromTheBeginningAndNeverToNothing) {
  std::vector<std::size_t> positions(40);
  std::iota(positions.begin(), positions.end(), 0U);
  const std::vector<double> prior = reading_prior(positions);
  EXPECT_NEAR(std::accumulate(prior.begin(), prior.end(), 0.0), 1, 1e-9);
  EXPECT_GT(prior[0], 2 * prior[6]);
  EXPECT_GT(prior[39], 0.05 * prior[0]);
  EXPECT_TRUE(std::ranges::is_sorted(prior, std::greater()));
}

TEST(Relevance, IsOneForTheMostSimilarAndForAllWhereNoneIs) {
  const TermVectors vectors(std::vector<std::vector<TermId>>{{0, 1}, {1, 2}, {3}}, 4);
  const std::vector<double> found = relevance(vectors, std::vector<TermId>{0, 1});
  EXPECT_NEAR(found[0], 1, 1e-6);
  EXPECT_TRUE(found[1] > 0.3 && found[1] < 1) << found[1];
  EXPECT_NEAR(found[2], 0.3, 1e-6);
  EXPECT_THAT(relevance(vectors, {}), testing::Each(1));
}

TEST(Worth, IsLessForTheVeryShort) {
  const TermVectors vectors(std::vector<std::vector<TermId>>{{0, 1}, {0, 1}}, 2);
  const std::vector<Standing> standings{{0, 2}, {0, 100}};
  const std::vector<double> found = worth(vectors, standings, {});
  EXPECT_NEAR(found[0], found[1] / 6, 1e-6);
}

TEST(RankSentences, FavoursWhatTheDocumentsAreAbout) {
  std::vector<Document> documents;  // of a sentence each, so that none stands before another
  for (const char* sentence : {"My grandmother bakes wonderful cakes.", "The sea ice in the north melts.",
                               "Ice in the north is old ice.", "When sea ice melts, the north warms."}) {
    documents.push_back({"", "", {{sentence, ParagraphKind::prose}}, {}});
  }
  const Ranking ranking = rank_sentences(source_text(documents, "en"));
  EXPECT_EQ(ranking.scores[best(ranking)], 1);
  for (const std::size_t about : {1U, 2U, 3U}) EXPECT_LT(ranking.scores[0], ranking.scores[about]) << about;
}

TEST(RankSentences, FavoursWhatTheTitleSays) {
  const std::vector<std::string> sentences{"Some ships sailed to the island.", "Many whales were seen near it.",
                                           "The weather was bad again.", "A bank raised its interest rates."};
  EXPECT_NE(best(rank_sentences(source_of(sentences))), 3U);
  EXPECT_EQ(best(rank_sentences(source_of(sentences, "Interest rates of banks"))), 3U);
  EXPECT_NE(best(rank_sentences(source_of(sentences, "Nothing here"))), 3U);
}

TEST(RankSentences, FragmentsAreWorthNothingUnlessThereIsNothingElse) {
  const Ranking ranking =
      rank_sentences(source_of({"Sea ice.", "The sea ice in the north melts.", "ice of the north in winter", "and:"}));
  EXPECT_THAT(ranking.scores, testing::ElementsAre(0, 1, 0, 0));
  for (const double score : rank_sentences(source_of({"Sea ice", "the north of the sea"})).scores) EXPECT_GT(score, 0);
}

TEST(RankSentences, DegenerateTextsAreRanked) {
  EXPECT_TRUE(rank_sentences(source_of({})).scores.empty());
  EXPECT_THAT(rank_sentences(source_of({"word"})).scores, testing::ElementsAre(1));
  const Ranking marks = rank_sentences(source_of({"...", "???", "!!!"}));
  for (const double score : marks.scores) EXPECT_TRUE(std::isfinite(score));
  const Ranking same = rank_sentences(source_of({"The very same thing.", "The very same thing.", "The very same thing."}));
  for (const double score : same.scores) EXPECT_TRUE(score > 0 && score <= 1) << score;
}

TEST(RankByPosition, TakesTheFirstFirst) {
  const Ranking ranking = rank_by_position(source_of({"One.", "Two.", "Three."}));
  EXPECT_TRUE(std::ranges::is_sorted(ranking.scores, std::greater()));
}

}  // namespace
}  // namespace mynah::documents
