#include "documents/pile.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "documents/ranking.h"

namespace mynah::documents {
namespace {

/// Which sentences are one paragraph: from `begin` to `end`.
struct Stretch {
  std::size_t begin, end;
  std::size_t words = 0;
};

std::vector<Stretch> stretches_of(const std::vector<SourceSentence>& sentences) {
  std::vector<Stretch> stretches;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const bool goes_on =
        i > 0 && sentences[i].document == sentences[i - 1].document && sentences[i].paragraph == sentences[i - 1].paragraph;
    if (!goes_on) stretches.push_back({i, i});
    stretches.back().end = i + 1;
    stretches.back().words += sentences[i].words;
  }
  return stretches;
}

std::vector<double> rank(const SourceText& source, const std::vector<Stretch>& stretches) {
  std::vector<std::vector<TermId>> terms;
  std::vector<Standing> standings;
  for (const Stretch& stretch : stretches) {
    standings.push_back({source.sentences[stretch.begin].position, stretch.words});
    terms.emplace_back();
    for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
      terms.back().insert(terms.back().end(), source.sentences[i].terms.begin(), source.sentences[i].terms.end());
    }
  }
  return worth(TermVectors(terms, source.terms), standings, source.title);
}

}  // namespace

Pile select_paragraphs(SourceText source, std::size_t most_words) {
  const std::vector<Stretch> stretches = stretches_of(source.sentences);
  Pile pile;
  pile.paragraphs = stretches.size();
  pile.words = source.words;
  if (source.words <= most_words) {
    pile.paragraphs_read = stretches.size();
    pile.source = std::move(source);
    return pile;
  }
  const std::vector<double> scores = rank(source, stretches);
  std::vector<std::size_t> order(stretches.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t stretch) { return scores[stretch]; });
  std::vector<bool> read(stretches.size());
  std::size_t words = 0;
  for (const std::size_t stretch : order) {
    if (words > 0 && words + stretches[stretch].words > most_words) continue;
    words += stretches[stretch].words;
    read[stretch] = true;
    ++pile.paragraphs_read;
  }
  pile.source = {{}, std::move(source.title), source.terms, words, std::move(source.language)};
  for (std::size_t stretch = 0; stretch < stretches.size(); ++stretch) {
    for (std::size_t i = stretches[stretch].begin; read[stretch] && i < stretches[stretch].end; ++i) {
      pile.source.sentences.push_back(std::move(source.sentences[i]));
    }
  }
  return pile;
}

}  // namespace mynah::documents
