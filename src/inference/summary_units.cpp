#include "inference/summary_units.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <set>

#include "documents/extraction.h"
#include "documents/ranking.h"
#include "text/utf8.h"
#include "text/words.h"

namespace mynah::inference {
namespace {

void add(std::string_view text, std::size_t index, const Tokenizer& tokenizer, std::size_t most_pieces,
         std::vector<Unit>& units) {
  const std::size_t pieces = tokenizer.encode(text).size();
  if (pieces <= most_pieces || text.size() < 2) {
    units.push_back({std::string(text), pieces, {{index, 1.0}}});
    return;
  }
  const std::size_t cut = split_point(text, "");
  add(text.substr(0, cut), index, tokenizer, most_pieces, units);
  add(text.substr(cut), index, tokenizer, most_pieces, units);
}

std::set<std::string> word_set(std::string_view text) {
  std::set<std::string> words;
  for (const std::string_view word : words_of(text)) words.insert(lower_case(word));
  return words;
}

}  // namespace

std::vector<Unit> units_of(const documents::SourceText& source, const Tokenizer& tokenizer, std::size_t most_pieces) {
  std::vector<Unit> units;
  for (std::size_t i = 0; i < source.sentences.size(); ++i) add(source.sentences[i].text, i, tokenizer, most_pieces, units);
  return units;
}

std::vector<Unit> best_units(const documents::SourceText& source, const std::vector<Unit>& units, std::size_t most_pieces) {
  std::vector<std::size_t> pieces(source.sentences.size());
  for (const Unit& unit : units) pieces[unit.sources.begin()->first] += unit.pieces;
  const std::size_t all_pieces = std::accumulate(pieces.begin(), pieces.end(), std::size_t{0});
  const auto fits = [&](const std::vector<std::size_t>& chosen) {
    std::size_t total = 0;
    for (const std::size_t sentence : chosen) total += pieces[sentence];
    return total <= most_pieces;
  };
  const std::size_t words = source.words * most_pieces / std::max<std::size_t>(1, all_pieces);
  const auto chosen = documents::extract_fitting(source, documents::rank_sentences(source), words, fits);
  std::vector<Unit> best;
  std::ranges::copy_if(units, std::back_inserter(best),
                       [&](const Unit& unit) { return std::ranges::binary_search(chosen, unit.sources.begin()->first); });
  return best;
}

std::size_t sentences_of(const std::vector<Unit>& units) {
  std::set<std::size_t> sentences;
  for (const Unit& unit : units) sentences.insert(unit.sources.begin()->first);
  return sentences.size();
}

Grounding::Grounding(std::span<const Unit> units, std::size_t style_pieces) : units_(units), begins_{style_pieces} {
  for (const Unit& unit : units) begins_.push_back(begins_.back() + unit.pieces);
}

std::map<std::size_t, double> Grounding::of(const std::string& sentence, const Candidate& candidate, std::size_t first,
                                            std::size_t count) const {
  std::vector<double> weights(units_.size());
  for (const auto& [source, target] : candidate.alignment) {
    const auto place = static_cast<std::size_t>(target);
    if (place < first || place >= first + count) continue;
    const auto unit = std::ranges::upper_bound(begins_, static_cast<std::size_t>(source)) - begins_.begin() - 1;
    if (unit < 0 || unit >= std::ssize(units_)) continue;
    weights[static_cast<std::size_t>(unit)] += 1.0 / static_cast<double>(count);
  }
  const std::set<std::string> words = word_set(sentence);
  for (std::size_t unit = 0; unit < units_.size(); ++unit) {
    const std::set<std::string> others = word_set(units_[unit].text);
    const auto shared = std::ranges::count_if(words, [&](const std::string& word) { return others.contains(word); });
    if (!words.empty()) weights[unit] += static_cast<double>(shared) / static_cast<double>(words.size());
  }
  std::map<std::size_t, double> sources;
  double sum = 0;
  for (std::size_t unit = 0; unit < units_.size(); ++unit) {
    for (const auto& [source, share] : units_[unit].sources) sources[source] += weights[unit] * share;
    sum += weights[unit];
  }
  for (auto& [source, weight] : sources) weight /= std::max(sum, 1e-9);
  return sources;
}

std::vector<std::size_t> weightiest(const std::map<std::size_t, double>& sources) {
  constexpr std::size_t kMost = 3;
  constexpr double kLeastShare = 1.0 / 3;
  std::vector<std::pair<std::size_t, double>> order(sources.begin(), sources.end());
  std::ranges::stable_sort(order, std::ranges::greater(), &std::pair<std::size_t, double>::second);
  std::vector<std::size_t> best;
  for (const auto& [source, weight] : order) {
    if (best.size() < kMost && weight > 0 && weight >= kLeastShare * order.front().second) best.push_back(source);
  }
  return best;
}

}  // namespace mynah::inference
