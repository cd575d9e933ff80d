#include "documents/ranking.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "text/utf8.h"

namespace mynah::documents {
namespace {

std::vector<std::vector<TermId>> terms_of(const SourceText& source) {
  std::vector<std::vector<TermId>> terms;
  for (const SourceSentence& sentence : source.sentences) terms.push_back(sentence.terms);
  return terms;
}

/// A word or three, or something without an end, as an item of a list.
bool is_fragment(const SourceSentence& sentence) {
  constexpr std::size_t kShortest = 4;
  std::size_t end = sentence.text.size();
  const char32_t last = sentence.text.empty() ? U' ' : previous_code_point(sentence.text, end);
  return sentence.words < kShortest || u_isalnum(static_cast<UChar32>(last)) || last == ',' || last == ';' || last == ':';
}

}  // namespace

std::vector<double> centrality(const TermVectors& vectors, std::span<const double> prior) {
  constexpr double kSettled = 1e-7;
  constexpr int kMostSteps = 100;
  const std::vector<double> degrees = vectors.multiply(std::vector<double>(vectors.size(), 1.0));
  std::vector<double> found(prior.begin(), prior.end());
  double change = 1;
  for (int step = 0; step < kMostSteps && change > kSettled; ++step) {
    std::vector<double> staying(
        found.size());  // readers who, similarity by similarity, would stay: they are sent anywhere instead
    for (std::size_t text = 0; text < found.size(); ++text) staying[text] = found[text] / std::max(degrees[text], 1.0);
    const double strays = std::accumulate(staying.begin(), staying.end(), 0.0);
    const std::vector<double> arriving = vectors.multiply(staying);
    change = 0;
    for (std::size_t text = 0; text < found.size(); ++text) {
      const double next = std::max(arriving[text] - staying[text], 0.0) + strays * prior[text];
      change += std::abs(next - found[text]);
      found[text] = next;
    }
  }
  return found;
}

std::vector<double> reading_prior(std::span<const std::size_t> positions) {
  constexpr double kReach = 5;       // positions over which the beginning of a document loses its weight
  constexpr double kAnywhere = 0.1;  // what of it is left
  std::vector<double> prior;
  for (const std::size_t position : positions) prior.push_back(std::exp(-static_cast<double>(position) / kReach) + kAnywhere);
  const double sum = std::accumulate(prior.begin(), prior.end(), 0.0);
  for (double& value : prior) value /= sum;
  return prior;
}

std::vector<double> relevance(const TermVectors& vectors, std::span<const TermId> title) {
  constexpr double kUnrelated = 0.3;
  std::vector<double> found = vectors.similarities(title);
  const double most = found.empty() ? 0 : *std::ranges::max_element(found);
  for (double& value : found) value = most > 0 ? kUnrelated + (1 - kUnrelated) * value / most : 1;
  return found;
}

std::vector<double> worth(const TermVectors& vectors, std::span<const Standing> texts, std::span<const TermId> title) {
  constexpr double kFullLength = 12;  // shorter texts say less, however central they are
  std::vector<std::size_t> positions;
  for (const Standing& text : texts) positions.push_back(text.position);
  std::vector<double> scores = centrality(vectors, reading_prior(positions));
  const std::vector<double> related = relevance(vectors, title);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    scores[i] *= related[i] * std::min(1.0, static_cast<double>(texts[i].words) / kFullLength);
  }
  return scores;
}

Ranking rank_sentences(const SourceText& source) {
  Ranking ranking{TermVectors(terms_of(source), source.terms), {}};
  std::vector<Standing> standings;
  for (const SourceSentence& sentence : source.sentences) standings.push_back({sentence.position, sentence.words});
  ranking.scores = worth(ranking.vectors, standings, source.title);
  if (!std::ranges::all_of(source.sentences, is_fragment)) {
    for (std::size_t i = 0; i < ranking.scores.size(); ++i) ranking.scores[i] *= is_fragment(source.sentences[i]) ? 0 : 1;
  }
  const double best = ranking.scores.empty() ? 0 : *std::ranges::max_element(ranking.scores);
  for (double& score : ranking.scores) score = best > 0 ? score / best : 1;
  return ranking;
}

Ranking rank_by_position(const SourceText& source) {
  Ranking ranking{TermVectors(terms_of(source), source.terms), {}};
  for (const SourceSentence& sentence : source.sentences) {
    ranking.scores.push_back(1 / (1 + static_cast<double>(sentence.position)));
  }
  return ranking;
}

}  // namespace mynah::documents
