#include "documents/ranking.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mynah::documents {
namespace {

/// Values that sum to 1; equal ones where the sum is 0.
void normalize(std::vector<double>& values) {
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  for (double& value : values) value = sum > 0 ? value / sum : 1 / static_cast<double>(values.size());
}

std::vector<std::vector<TermId>> terms_of(const SourceText& source) {
  std::vector<std::vector<TermId>> terms;
  for (const SourceSentence& sentence : source.sentences) terms.push_back(sentence.terms);
  return terms;
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

std::vector<double> reading_prior(std::span<const std::size_t> positions, const TermVectors& vectors,
                                  std::span<const TermId> title) {
  constexpr double kReach = 5;       // positions over which the beginning of a document loses its weight
  constexpr double kAnywhere = 0.1;  // what of it is left
  std::vector<double> prior;
  for (const std::size_t position : positions) prior.push_back(std::exp(-static_cast<double>(position) / kReach) + kAnywhere);
  normalize(prior);
  if (title.empty()) return prior;
  std::vector<double> relevance = vectors.similarities(title);
  normalize(relevance);
  for (std::size_t text = 0; text < prior.size(); ++text) prior[text] = (prior[text] + relevance[text]) / 2;
  return prior;
}

Ranking rank_sentences(const SourceText& source) {
  constexpr std::size_t kShortestSentence = 4;
  constexpr double kFragment = 0.1;
  const std::vector<std::vector<TermId>> terms = terms_of(source);
  Ranking ranking{TermVectors(terms, source.terms), {}};
  std::vector<std::size_t> positions;
  for (const SourceSentence& sentence : source.sentences) positions.push_back(sentence.position);
  ranking.scores = centrality(ranking.vectors, reading_prior(positions, ranking.vectors, source.title));
  for (std::size_t i = 0; i < terms.size(); ++i) ranking.scores[i] *= terms[i].size() < kShortestSentence ? kFragment : 1;
  const double best = terms.empty() ? 0 : *std::ranges::max_element(ranking.scores);
  for (double& score : ranking.scores) score /= best;
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
