#include "inference/guard.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

#include "base/error.h"
#include "text/function_words.h"
#include "text/mojibake.h"
#include "text/numbers.h"
#include "text/repetition.h"
#include "text/utf8.h"
#include "text/verbatim.h"
#include "text/words.h"

namespace mynah::inference {
namespace {

constexpr std::size_t kLongestPeriod = 24;           // of loops, in words
constexpr std::size_t kLongestCharacterPeriod = 12;  // in characters

std::string_view main_language(std::string_view language) { return language.substr(0, language.find_first_of("-_")); }

/// How many characters a language takes for what English says in one.
double density(std::string_view language) {
  constexpr std::array<std::pair<std::string_view, double>, 14> kDensities = {{{"zh", 0.33},
                                                                               {"yue", 0.33},
                                                                               {"ja", 0.45},
                                                                               {"ko", 0.5},
                                                                               {"he", 0.8},
                                                                               {"ar", 0.85},
                                                                               {"de", 1.12},
                                                                               {"fr", 1.15},
                                                                               {"es", 1.1},
                                                                               {"it", 1.1},
                                                                               {"pt", 1.08},
                                                                               {"nl", 1.1},
                                                                               {"ru", 1.05},
                                                                               {"uk", 1.02}}};
  const auto place = std::ranges::find(kDensities, main_language(language), &std::pair<std::string_view, double>::first);
  return place == kDensities.end() ? 1 : place->second;
}

/// A stretch of text, short enough to be shown.
std::string quoted(std::string_view text) {
  constexpr std::size_t kShown = 40;
  const std::string_view shown = first_code_points(text, kShown);
  return concat("\"", shown, shown.size() < text.size() ? "…" : "", "\"");
}

std::string_view phrase_of(const Loop& loop, std::span<const std::string_view> words) {
  const char* begin = words[loop.begin].data();
  const std::string_view last = words[loop.begin + loop.period - 1];
  return {begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
}

double mean(const std::vector<float>& values) {
  return values.empty() ? 0 : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

bool ends_sentence(std::string_view text) {
  constexpr std::u32string_view kClosing = U"\"')]}\u2019\u201D\u201C\u00BB\u00AB\u300D\u300F\uFF09 ";
  constexpr std::u32string_view kEnds = U".!?:;\u2026\u3002\uFF01\uFF1F\uFF1A\uFF1B\u061F\u06D4\u0964";
  for (std::size_t offset = text.size(); offset > 0;) {
    const char32_t character = previous_code_point(text, offset);
    if (kEnds.find(character) != kEnds.npos) return true;
    if (kClosing.find(character) == kClosing.npos) return false;
  }
  return false;
}

// ---- the source ----

void judge_source_loop(std::span<const std::string_view> words, Verdict& verdict) {
  const Loop loop = longest_loop(words, kLongestPeriod);
  if (loop.times < 5 || loop.length() < 8) return;
  const std::string_view phrase = phrase_of(loop, words);
  if (count_letters(phrase) > 0)
    verdict.of_source.push_back(concat("the source repeats ", quoted(phrase), " ", loop.times, " times"));
}

/// Hardly a letter or digit, and not short.
bool is_symbols(std::string_view text) {
  std::size_t visible = 0, in_words = 0;
  for (std::size_t next = 0; next < text.size();) visible += is_white_space(next_code_point(text, next)) ? 0 : 1;
  for (const std::string_view word : words_of(text)) in_words += count_code_points(word);
  return visible >= 8 && 10 * in_words < 3 * visible;
}

/// Letters that stand alone in their pieces, or only as bytes, as a share of all pieces: high for what the tokenizer never saw.
double strangeness(std::span<const std::string> pieces) {
  if (pieces.empty()) return 0;
  const auto strange = [](const std::string& piece) {
    if (piece.starts_with("<0x")) return true;
    const std::string_view text = piece.starts_with("▁") ? std::string_view(piece).substr(3) : piece;
    const auto words = words_of(text);
    return count_code_points(text) == 1 && !words.empty() && (text.size() == 1 || is_lower_case(text));
  };
  return static_cast<double>(std::ranges::count_if(pieces, strange)) / static_cast<double>(pieces.size());
}

// ---- the target ----

/// Longer loops than the source has.
void judge_loops(std::string_view source, std::string_view target, std::span<const std::string_view> source_words,
                 std::span<const std::string_view> target_words, Verdict& verdict) {
  const Loop loop = longest_loop(target_words, kLongestPeriod);
  if (loop.times >= 3 && loop.length() >= 4 && loop.times > 1 + 3 * longest_loop(source_words, kLongestPeriod).times / 2) {
    verdict.of_target.push_back(
        concat("the translation repeats ", quoted(phrase_of(loop, target_words)), " ", loop.times, " times"));
    return;
  }
  const Loop characters = longest_loop_of_characters(target, kLongestCharacterPeriod);
  if (characters.times >= 6 && characters.length() >= 12 &&
      characters.length() > 2 * longest_loop_of_characters(source, kLongestCharacterPeriod).length()) {
    verdict.of_target.push_back(concat("the translation repeats itself for ", characters.length(), " characters"));
    return;
  }
  constexpr std::size_t kSize = 4;
  const std::size_t times = commonest_ngram(target_words, kSize);
  if (times >= 3 && times > 1 + commonest_ngram(source_words, kSize - 1)) {
    verdict.of_target.push_back(concat("the translation has the same ", kSize, " words ", times, " times"));
  }
}

/// The target without the words that stand in the source as they are (names, code).
std::string new_words(std::span<const std::string_view> source_words, std::span<const std::string_view> target_words) {
  const std::set<std::string_view> known(source_words.begin(), source_words.end());
  std::string words;
  for (const std::string_view word : target_words) {
    if (!known.contains(word) || !fits_script(word, "en")) words.append(word).append(" ");
  }
  return words;
}

}  // namespace

Guard::Guard(std::string source_language, std::string target_language, GuardChecks checks)
    : source_language_(std::move(source_language)),
      target_language_(std::move(target_language)),
      checks_(checks),
      usual_ratio_(density(target_language_) / density(source_language_)) {
  if (main_language(source_language_) == main_language(target_language_)) checks_.language = false;
}

Verdict Guard::judge(const Part& part, const Candidate& candidate) const {
  Verdict verdict;
  judge_source(part, candidate, verdict);
  if (!candidate.complete) verdict.of_target.emplace_back("the translation was cut at the length limit");
  judge_loops(part.source, candidate.text, words_of(part.source), words_of(candidate.text), verdict);
  if (checks_.language) judge_language(part.source, candidate.text, verdict);
  if (checks_.length) judge_length(part, candidate, verdict);
  judge_probability(part, candidate, verdict);
  if (checks_.missing) {
    for (const Verbatim& verbatim : find_verbatim(part.source)) {
      if (count_of(verbatim.text, candidate.text) < count_of(verbatim.text, part.source)) {
        verdict.missing.push_back(concat("the ", name_of(verbatim.kind), " ", verbatim.text, " is missing"));
      }
    }
    for (const Number& number : missing_numbers(part.source, candidate.text, target_language_)) {
      verdict.missing.push_back(concat("the number ", number.text, " is missing"));
    }
  }
  return verdict;
}

void Guard::judge_source(const Part& part, const Candidate& candidate, Verdict& verdict) const {
  const std::vector<std::string_view> words = words_of(part.source);
  judge_source_loop(words, verdict);
  if (count_mojibake(part.source) > 0) verdict.of_source.emplace_back("the source is UTF-8 that was read as Latin-1");
  if (checks_.language) {
    if (count_letters(part.source) >= 4 && !fits_script(part.source, source_language_)) {
      verdict.of_source.push_back(concat("the source is not in the script of ", source_language_));
    } else if (const std::string_view other = language_instead(part.source, source_language_); !other.empty()) {
      verdict.of_source.push_back(concat("the source seems to be ", other, ", not ", source_language_));
    }
  }
  if (is_symbols(part.source) && candidate.text != part.source) {
    verdict.of_source.emplace_back("the source is hardly text");
  }
}

/// A translation that its own network finds improbable, all the more so when the source fell into strange pieces.
void Guard::judge_probability(const Part& part, const Candidate& candidate, Verdict& verdict) const {
  if (candidate.piece_scores.empty()) return;
  const double strange = checks_.pieces ? strangeness(part.source_pieces) : 0;
  const double chance = 0.6 / std::sqrt(static_cast<double>(candidate.piece_scores.size()));  // few pieces scatter more
  const double improbability = -mean(candidate.piece_scores) - chance + 2 * strange;
  if (improbability > 1.65) {
    if (strange > 0.35 && candidate.text != part.source) {
      verdict.of_source.emplace_back("the source is no text as the model knows it");
    } else if (candidate.text != part.source) {
      verdict.of_target.push_back(
          concat("the translation is improbable (", std::round(mean(candidate.piece_scores) * 100) / 100, " per piece)"));
    }
  } else if (improbability > 1.2) {
    verdict.doubtful = true;
  }
}

void Guard::judge_language(std::string_view source, std::string_view target, Verdict& verdict) const {
  const auto source_words = words_of(source), target_words = words_of(target);
  const std::string fresh = new_words(source_words, target_words);
  if (count_letters(fresh) >= 4 && !fits_script(fresh, target_language_)) {
    verdict.of_target.push_back(concat("the translation is not in the script of ", target_language_));
  } else if (const std::string_view other = language_instead(target, target_language_); !other.empty()) {
    verdict.of_target.push_back(concat("the translation seems to be ", other, ", not ", target_language_));
  } else if (count_letters(fresh) == 0 && std::ranges::count_if(target_words, is_lower_case) >= 3) {
    verdict.of_target.emplace_back("the translation is the source, untranslated");
  }
}

void Guard::judge_length(const Part& part, const Candidate& candidate, Verdict& verdict) const {
  const auto found = static_cast<double>(count_code_points(candidate.text));
  const auto source = static_cast<double>(count_code_points(part.source));
  const double expected = usual_ratio_ * source;
  const bool breaks_off = ends_sentence(part.source) && !ends_sentence(candidate.text);
  const auto say = [&](const char* what) {
    verdict.of_target.push_back(
        concat("the translation is much ", what, " than usual (", found, " characters for ", source, ")"));
  };
  if (found > 2.2 * expected + 12) {
    say("longer");
  } else if (found < (breaks_off ? 0.65 : 0.42) * expected - 5) {
    say("shorter");
  } else if (found < 0.75 * expected - 3 || breaks_off) {
    verdict.doubtful = true;
  }
}

void Guard::judge_coverage(const search::ForcedPass& pass, Verdict& verdict) const {
  const std::size_t target = pass.log_probabilities.size();
  if (!checks_.length || target == 0 || pass.attention.empty()) return;
  const std::size_t source = pass.attention.size() / target;
  double sum = 0;
  for (std::size_t piece = 0; piece + 1 < source; ++piece) {
    double seen = 0;
    for (std::size_t row = 0; row < target; ++row) seen += static_cast<double>(pass.attention[row * source + piece]);
    sum += std::log(std::clamp(seen, 1e-3, 1.0));
  }
  if (source >= 8 && sum / static_cast<double>(source - 1) < -1.3) {
    verdict.of_target.emplace_back("the translation leaves out a part of the source");
  }
}

std::vector<Finding> findings_of(const Verdict& verdict) {
  std::vector<Finding> findings;
  for (const std::string& reason : verdict.of_source) findings.push_back({Finding::Kind::suspect, reason});
  for (const std::string& reason : verdict.of_target) findings.push_back({Finding::Kind::suspect, reason});
  for (const std::string& reason : verdict.missing) findings.push_back({Finding::Kind::missing, reason});
  return findings;
}

}  // namespace mynah::inference
