#include "inference/summary_length.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"

namespace mynah::inference {
namespace {

using documents::Limits;
using documents::SourceSentence;
using documents::SourceText;

constexpr std::size_t kHeadlineWords = 15;

bool wants_words(const LengthOptions& options) { return options.words || !options.ratio.empty(); }

std::size_t sentences_of(const LengthOptions& options) {
  constexpr std::size_t kUnasked = 3, kParagraph = 5;
  if (options.style == "headline" || options.style == "sentence") return 1;
  if (options.sentences) return static_cast<std::size_t>(*options.sentences);
  if (wants_words(options)) return Limits::kNone;
  return options.style.empty() ? kUnasked : kParagraph;
}

/// Whether a sentence could be a headline: short, but no scrap of a word or three.
bool has_headline(const SourceText& source) {
  constexpr std::size_t kFewest = 4;
  return std::ranges::any_of(source.sentences, [](const SourceSentence& sentence) {
    return sentence.words >= kFewest && sentence.words <= kHeadlineWords;
  });
}

std::size_t fewest_words(const SourceText& source) {
  const auto shortest = std::ranges::min_element(source.sentences, {}, &SourceSentence::words);
  return shortest == source.sentences.end() ? 0 : shortest->words;
}

/// "--words 80", as it was asked for.
std::string word_wish(const LengthOptions& options, const Limits& limits) {
  return options.words ? concat("--words ", *options.words) : concat("--ratio ", options.ratio, " (", limits.words, " words)");
}

}  // namespace

Limits limits_of(const LengthOptions& options, const SourceText& source) {
  Limits limits{.sentences = sentences_of(options)};
  if (options.words) limits.words = static_cast<std::size_t>(*options.words);
  if (!options.ratio.empty()) {
    const double part = parse_ratio(options.ratio) * static_cast<double>(source.words);
    limits.words = std::min(limits.words, static_cast<std::size_t>(std::floor(part + 1e-9)));
  }
  if (wants_words(options) && limits.sentences == Limits::kNone) limits.least_words = (3 * limits.words + 3) / 4;
  if (options.sentences && limits.least_words == 0) limits.least_sentences = limits.sentences;
  if (options.style == "headline" && !wants_words(options) && has_headline(source)) limits.words = kHeadlineWords;
  return limits;
}

std::size_t words_of(const Summary& summary) {
  return std::accumulate(summary.begin(), summary.end(), std::size_t{0},
                         [](std::size_t sum, const SummarySentence& sentence) { return sum + sentence.words; });
}

std::string no_sentence_fits(const LengthOptions& options, const SourceText& source, const Limits& limits) {
  return concat(wants_words(options) ? word_wish(options, limits) : concat("--style ", options.style),
                ": no sentence of the text has so few words, at most ", limits.words,
                "; sentences are never cut, and the shortest has ", fewest_words(source));
}

std::vector<std::string> unmet_wishes(const LengthOptions& options, const SourceText& source, const Limits& limits,
                                      const Summary& summary, bool written) {
  std::vector<std::string> unmet;
  const std::size_t words = words_of(summary);
  const bool single = options.style == "headline" || options.style == "sentence";
  if (single && options.sentences.value_or(1) > 1)
    unmet.push_back(concat("--sentences ", *options.sentences, ": a ", options.style, " is one"));
  if (options.sentences && !single && !wants_words(options) && summary.size() < limits.sentences) {
    unmet.push_back(concat("--sentences ", limits.sentences, written ? ": the model wrote only " : ": the text has only ",
                           summary.size(), written ? " that fit" : " that can stand in a summary"));
  }
  if (words < limits.least_words && source.words < limits.least_words) {
    unmet.push_back(
        concat(word_wish(options, limits), ": the text has only ", source.words, source.words == 1 ? " word" : " words"));
  } else if (words < limits.least_words) {
    unmet.push_back(concat(word_wish(options, limits),
                           written ? ": the model wrote no whole sentences that have between "
                                   : ": no choice of whole sentences was found that has between ",
                           limits.least_words, " and ", limits.words, " words; the summary has ", words));
  } else if (wants_words(options) && 4 * words < 3 * std::min(limits.words, source.words)) {
    unmet.push_back(concat(word_wish(options, limits), ": ", single ? concat("a ", options.style) : "so few sentences",
                           single ? " has " : " have ", words));
  }
  if (options.style == "headline" && limits.words == Limits::kNone && words > kHeadlineWords) {
    unmet.push_back(concat("--style headline: no sentence has ", kHeadlineWords, " words or fewer; the summary has ", words));
  }
  return unmet;
}

}  // namespace mynah::inference
