#include "inference/source_checks.h"

#include <algorithm>

#include "base/error.h"
#include "text/language.h"
#include "text/mojibake.h"
#include "text/repetition.h"
#include "text/utf8.h"

namespace mynah::inference {
namespace {

constexpr std::size_t kTimes = 5;         // that a repetition may not reach
constexpr std::string_view kSpace = "▁";  // in front of a piece that begins a word

bool unchanged(const SentencePair& pair) { return pair.source == pair.target; }

/// A letter that stands alone, or a byte. Characters of scripts that have no case often are words of their own.
bool is_strange(std::string_view piece) {
  if (piece.starts_with("<0x")) return true;
  if (piece.starts_with(kSpace)) piece.remove_prefix(kSpace.size());
  if (count_code_points(piece) != 1 || words_of(piece).empty()) return false;
  return piece.size() == 1 || is_lower_case(piece);
}

/// Whether the source ends in letters that the tokenizer knows as no word and hardly as parts of words.
bool breaks_a_word(const SentencePair& pair) {
  constexpr double kLettersPerPiece = 1.6;
  if (pair.source_words.empty() || !pair.source.ends_with(pair.source_words.back())) return false;
  const std::string_view word = pair.source_words.back();
  std::size_t pieces = 0;
  for (std::size_t i = pair.source_pieces.size(); i > 0; --i) {
    ++pieces;
    if (pair.source_pieces[i - 1].starts_with(kSpace)) break;
  }
  return is_lower_case(word) && static_cast<double>(count_code_points(word)) < kLettersPerPiece * static_cast<double>(pieces);
}

}  // namespace

Reason source_loops(const SentencePair& pair) {
  constexpr std::size_t kWords = 6;
  const Loop loop = longest_loop(pair.source_words, kLongestPeriod);
  if (loop.times < kTimes || loop.length() < kWords) return std::nullopt;
  const std::string_view phrase = phrase_of(loop, pair.source_words);
  if (count_letters(phrase) == 0) return std::nullopt;
  return concat("the source repeats ", quoted(phrase), " ", loop.times, " times");
}

Reason source_repeats_sentences(std::span<const Part> sentences) {
  std::vector<std::string_view> sources;
  for (const Part& part : sentences) sources.emplace_back(part.source);
  const Loop loop = longest_loop(sources, kLongestPeriod);
  if (loop.times < kTimes || count_letters(sources[loop.begin]) == 0) return std::nullopt;
  return concat("the source repeats ", quoted(sources[loop.begin]), " ", loop.times, " times");
}

Reason source_mojibake(const SentencePair& pair) {
  if (count_mojibake(pair.source) == 0) return std::nullopt;
  return "the source is UTF-8 that was read as Latin-1";
}

Reason source_symbols(const SentencePair& pair) {
  constexpr std::size_t kEnough = 8;
  std::size_t visible = 0, in_words = 0;
  for (std::size_t next = 0; next < pair.source.size();) visible += is_white_space(next_code_point(pair.source, next)) ? 0 : 1;
  for (const std::string_view word : pair.source_words) in_words += count_code_points(word);
  if (unchanged(pair) || visible < kEnough || 10 * in_words >= 3 * visible) return std::nullopt;
  return "the source is hardly text";
}

Reason source_language(const SentencePair& pair) {
  const auto& [language, target_language] = pair.languages;
  if (unchanged(pair)) return std::nullopt;
  if (in_other_script(pair.source, language)) return concat("the source is not in the script of ", language);
  const std::string other = language_instead(pair.source, language);
  if (other.empty()) return std::nullopt;
  return concat("the source seems to be ", other, ", not ", language);
}

Reason source_breaks_off(const SentencePair& pair) {
  constexpr float kSurprised = -0.3F, kCertain = -1.8F;  // log-probabilities of the end; sentences that end have above -0.2
  const auto& scores = pair.candidate.piece_scores;
  if (scores.empty() || scores.back() > kSurprised || ends_sentence(pair.source)) return std::nullopt;
  if (scores.back() > kCertain && !breaks_a_word(pair)) return std::nullopt;
  return "the source seems to break off";
}

double strangeness(const SentencePair& pair) {
  const auto& pieces = pair.source_pieces;
  if (pieces.empty()) return 0;
  return static_cast<double>(std::ranges::count_if(pieces, is_strange)) / static_cast<double>(pieces.size());
}

}  // namespace mynah::inference
