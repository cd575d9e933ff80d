#include "metrics/chrf.h"

#include <unicode/uchar.h>

#include "base/error.h"
#include "metrics/ngrams.h"
#include "text/utf8.h"

namespace mynah::metrics {
namespace {

constexpr std::size_t kCharacterOrder = 6;
constexpr double kBetaSquared = 4;

bool is_ascii_punctuation(char32_t character) {
  constexpr std::u32string_view kPunctuation = U"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  return kPunctuation.find(character) != kPunctuation.npos;
}

std::u32string without_spaces(std::u32string text) {
  std::erase_if(text, is_space);
  return text;
}

/// Words with one ASCII punctuation mark split off: the last character's, else the first's, never both.
std::vector<std::u32string_view> words_and_marks(std::u32string_view text) {
  std::vector<std::u32string_view> result;
  for (const std::u32string_view word : words(text)) {
    std::size_t cut = 0;
    if (word.size() > 1 && is_ascii_punctuation(word.back())) {
      cut = word.size() - 1;
    } else if (word.size() > 1 && is_ascii_punctuation(word.front())) {
      cut = 1;
    }
    if (cut > 0) result.push_back(word.substr(0, cut));
    result.push_back(word.substr(cut));
  }
  return result;
}

/// Adds one line's counts. A line where either side has no n-gram of an order still counts for the side that has some, except
/// that hypothesis n-grams without any reference n-gram are not held against it.
void add(NgramCounts& total, NgramCounts line) {
  if (line.reference == 0) line.hypothesis = 0;
  total += line;
}

std::vector<NgramCounts> gather(std::span<const std::string> hypotheses, std::span<const std::string> references,
                                std::size_t word_order, bool lowercase) {
  std::vector<NgramCounts> orders(kCharacterOrder + word_order);
  for (std::size_t line = 0; line < hypotheses.size(); ++line) {
    const std::u32string hypothesis = code_points(lowercase ? lower_case(hypotheses[line]) : hypotheses[line]);
    const std::u32string reference = code_points(lowercase ? lower_case(references[line]) : references[line]);
    const std::u32string hypothesis_letters = without_spaces(hypothesis), reference_letters = without_spaces(reference);
    for (std::size_t order = 1; order <= kCharacterOrder; ++order)
      add(orders[order - 1], count_ngrams(hypothesis_letters, reference_letters, order));
    if (word_order == 0) continue;
    WordNumbers numbers;
    const std::u32string hypothesis_words = numbers.number(words_and_marks(hypothesis));
    const std::u32string reference_words = numbers.number(words_and_marks(reference));
    for (std::size_t order = 1; order <= word_order; ++order)
      add(orders[kCharacterOrder + order - 1], count_ngrams(hypothesis_words, reference_words, order));
  }
  return orders;
}

/// Precision and recall are averaged over the orders that both sides have; F is taken of the averages.
double f_score(const std::vector<NgramCounts>& orders) {
  double precision = 0, recall = 0;
  int counted = 0;
  for (const NgramCounts& order : orders) {
    if (order.hypothesis == 0 || order.reference == 0) continue;
    precision += static_cast<double>(order.shared) / static_cast<double>(order.hypothesis);
    recall += static_cast<double>(order.shared) / static_cast<double>(order.reference);
    ++counted;
  }
  if (precision + recall == 0) return 0;
  precision /= counted;
  recall /= counted;
  return (1 + kBetaSquared) * precision * recall / (kBetaSquared * precision + recall);
}

}  // namespace

Score chrf(std::span<const std::string> hypotheses, std::span<const std::string> references, int word_order,
           const MetricOptions& options) {
  const auto orders = gather(hypotheses, references, static_cast<std::size_t>(word_order), options.lowercase);
  return {word_order == 0 ? "chrf" : "chrf++", 100 * f_score(orders),
          concat("nrefs:1|case:", options.lowercase ? "lc" : "mixed", "|eff:yes|nc:", kCharacterOrder, "|nw:", word_order,
                 "|space:no|version:", kSignatureVersion),
          ""};
}

}  // namespace mynah::metrics
