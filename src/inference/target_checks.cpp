#include "inference/target_checks.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/error.h"
#include "text/language.h"
#include "text/numbers.h"
#include "text/repetition.h"
#include "text/utf8.h"
#include "text/verbatim.h"

namespace mynah::inference {
namespace {

/// The target's words but those of Latin script that stand in the source too, letter case apart; lower case ones (no names, no
/// code) stay where asked for.
std::string new_words(const SentencePair& pair, bool and_lower_case = false) {
  std::set<std::string> known;
  for (const std::string_view word : pair.source_words) known.insert(lower_case(word));
  std::string words;
  for (const std::string_view word : pair.target_words) {
    const bool copied = known.contains(lower_case(word)) && fits_script(word, "en");
    if (!copied || (and_lower_case && is_lower_case(word))) words.append(word).append(" ");
  }
  return words;
}

Reason target_copies(const SentencePair& pair, const std::string& fresh) {
  constexpr std::ptrdiff_t kPlainWords = 3;  // lower case, so that they are no names
  if (count_letters(fresh) > 0 || std::ranges::count_if(pair.target_words, is_lower_case) < kPlainWords) return std::nullopt;
  if (language_instead(pair.source, pair.languages.source) == main_language(pair.languages.target)) return std::nullopt;
  return "the translation is the source, untranslated";
}

struct Lengths {
  double source, target, expected;  // characters
};

Lengths lengths_of(const SentencePair& pair) {
  const auto source = static_cast<double>(count_code_points(pair.source));
  const double ratio = density(pair.languages.target) / density(pair.languages.source);
  return {source, static_cast<double>(count_code_points(pair.target)), ratio * source};
}

/// The source ends as sentences do, and the target does not.
bool lacks_end(const SentencePair& pair) { return ends_sentence(pair.source) && !ends_sentence(pair.target); }

}  // namespace

Reason target_cut(const SentencePair& pair) {
  if (pair.candidate.complete) return std::nullopt;
  return "the translation was cut at the length limit";
}

Reason target_loops(const SentencePair& pair) {
  const Loop loop = longest_loop(pair.target_words, kLongestPeriod);
  const std::size_t in_source = longest_loop(pair.source_words, kLongestPeriod).times;
  if (loop.times >= 3 && loop.length() >= 4 && 2 * loop.times > 2 + 3 * in_source) {
    return concat("the translation repeats ", quoted(phrase_of(loop, pair.target_words)), " ", loop.times, " times");
  }
  constexpr std::size_t kPeriod = 12, kTimes = 6, kCharacters = 12;
  const Loop characters = longest_loop_of_characters(pair.target, kPeriod);
  if (characters.times >= kTimes && characters.length() >= kCharacters &&
      characters.length() > 2 * longest_loop_of_characters(pair.source, kPeriod).length()) {
    return concat("the translation repeats itself for ", characters.length(), " characters");
  }
  constexpr std::size_t kNgram = 5;
  const std::size_t times = commonest_ngram(pair.target_words, kNgram);
  if (times < 4 || times <= 1 + 2 * commonest_ngram(pair.source_words, 2)) return std::nullopt;
  return concat("the translation has the same ", kNgram, " words ", times, " times");
}

Reason target_language(const SentencePair& pair) {
  const std::string& language = pair.languages.target;
  const std::string fresh = new_words(pair);
  if (in_other_script(fresh, language)) return concat("the translation is not in the script of ", language);
  if (const Reason copies = target_copies(pair, fresh)) return copies;
  const std::string other = language_instead(new_words(pair, true), language);
  if (!other.empty()) return concat("the translation seems to be ", other, ", not ", language);
  return std::nullopt;
}

Reason target_length(const SentencePair& pair) {
  const auto [source, target, expected] = lengths_of(pair);
  const bool longer = target > 2.4 * expected + 15;
  if (!longer && target >= (lacks_end(pair) ? 0.65 : 0.42) * expected - 5) return std::nullopt;
  return concat("the translation is much ", longer ? "longer" : "shorter", " than usual (", target, " characters for ", source,
                ")");
}

bool target_is_shortish(const SentencePair& pair) {
  const auto [source, target, expected] = lengths_of(pair);
  return target < 0.7 * expected - 3 || lacks_end(pair);
}

double improbability(const SentencePair& pair, double strange) {
  const auto& scores = pair.candidate.piece_scores;
  if (scores.empty() || pair.source == pair.target) return 0;
  const auto pieces = static_cast<double>(scores.size());
  const double mean = std::accumulate(scores.begin(), scores.end(), 0.0) / pieces;
  return -mean - 0.6 / std::sqrt(pieces) + 2 * strange;
}

Reason target_breaks_off(const SentencePair& pair) {
  constexpr float kWouldGoOn = -2.5F;  // log-probability of the end
  const auto& scores = pair.candidate.piece_scores;
  if (scores.empty() || scores.back() > kWouldGoOn || !ends_sentence(pair.source)) return std::nullopt;
  return "the translation breaks off";
}

Reason target_omits(std::span<const float> attention, std::size_t source) {
  constexpr std::size_t kEnough = 8;  // pieces
  constexpr double kLeast = -1.3, kNothing = 1e-3;
  if (attention.empty() || source < kEnough) return std::nullopt;
  const std::size_t target = attention.size() / source;
  double sum = 0;
  for (std::size_t piece = 0; piece + 1 < source; ++piece) {
    double seen = 0;
    for (std::size_t row = 0; row < target; ++row) seen += static_cast<double>(attention[row * source + piece]);
    sum += std::log(std::clamp(seen, kNothing, 1.0));
  }
  if (sum >= kLeast * static_cast<double>(source - 1)) return std::nullopt;
  return "the translation leaves out a part of the source";
}

std::vector<std::string> target_misses(const SentencePair& pair) {
  std::vector<std::string> missing;
  for (const auto& [kind, text] : find_verbatim(pair.source)) {
    if (count_of(text, pair.target) >= count_of(text, pair.source)) continue;
    missing.push_back(concat("the ", name_of(kind), " ", text, " is missing"));
  }
  for (const Number& number : missing_numbers(pair.source, pair.target, pair.languages.target)) {
    missing.push_back(concat("the number ", number.text, " is missing"));
  }
  return missing;
}

}  // namespace mynah::inference
