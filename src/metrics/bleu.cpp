#include "metrics/bleu.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "base/error.h"
#include "metrics/bleu_tokenizers.h"
#include "metrics/ngrams.h"
#include "text/utf8.h"

namespace mynah::metrics {
namespace {

constexpr std::size_t kMaxOrder = 4;

struct Statistics {
  std::int64_t hypothesis_length = 0, reference_length = 0;
  std::array<NgramCounts, kMaxOrder> orders;
};

class Tokenized {
 public:
  explicit Tokenized(const MetricOptions& options)
      : tokenizer_(bleu_tokenizer(options.tokenize)), lowercase_(options.lowercase) {}

  std::u32string operator()(const std::string& line) {
    std::u32string text = code_points(lowercase_ ? lower_case(line) : line);
    while (!text.empty() && is_space(text.back())) text.pop_back();
    text = tokenizer_(text);
    return numbers_.number(words(text));
  }

 private:
  BleuTokenizer tokenizer_;
  bool lowercase_;
  WordNumbers numbers_;
};

Statistics gather(std::span<const std::string> hypotheses, std::span<const std::string> references,
                  const MetricOptions& options) {
  Tokenized tokenized(options);
  Statistics statistics;
  for (std::size_t line = 0; line < hypotheses.size(); ++line) {
    const std::u32string hypothesis = tokenized(hypotheses[line]), reference = tokenized(references[line]);
    statistics.hypothesis_length += std::ssize(hypothesis);
    statistics.reference_length += std::ssize(reference);
    for (std::size_t order = 1; order <= kMaxOrder; ++order)
      statistics.orders[order - 1] += count_ngrams(hypothesis, reference, order);
  }
  return statistics;
}

double brevity_penalty(const Statistics& statistics) {
  if (statistics.hypothesis_length >= statistics.reference_length) return 1;
  if (statistics.hypothesis_length == 0) return 0;
  return std::exp(1 - static_cast<double>(statistics.reference_length) / static_cast<double>(statistics.hypothesis_length));
}

/// In percent. The k-th order without a match counts as 1/2^k of one match (Chen and Cherry, 2014, method 3).
std::array<double, kMaxOrder> precisions(const Statistics& statistics) {
  std::array<double, kMaxOrder> result{};
  const auto& orders = statistics.orders;
  if (std::all_of(orders.begin(), orders.end(), [](const NgramCounts& counts) { return counts.shared == 0; })) return result;
  double matches_for_none = 1;
  for (std::size_t i = 0; i < kMaxOrder && orders[i].hypothesis > 0; ++i) {
    if (orders[i].shared == 0) matches_for_none /= 2;
    const double shared = orders[i].shared == 0 ? matches_for_none : static_cast<double>(orders[i].shared);
    result[i] = 100 * shared / static_cast<double>(orders[i].hypothesis);
  }
  return result;
}

double geometric_mean(const std::array<double, kMaxOrder>& values) {
  double log_sum = 0;
  for (const double value : values) {
    if (value == 0) return 0;
    log_sum += std::log(value);
  }
  return std::exp(log_sum / static_cast<double>(values.size()));
}

std::string detail(const Statistics& statistics, const std::array<double, kMaxOrder>& precision) {
  const double ratio = statistics.reference_length == 0
                           ? 0
                           : static_cast<double>(statistics.hypothesis_length) / static_cast<double>(statistics.reference_length);
  std::array<char, 200> text{};
  std::snprintf(text.data(), text.size(), "%.1f/%.1f/%.1f/%.1f (BP = %.3f ratio = %.3f hyp_len = %lld ref_len = %lld)",
                precision[0], precision[1], precision[2], precision[3], brevity_penalty(statistics), ratio,
                static_cast<long long>(statistics.hypothesis_length), static_cast<long long>(statistics.reference_length));
  return text.data();
}

}  // namespace

Score bleu(std::span<const std::string> hypotheses, std::span<const std::string> references, const MetricOptions& options) {
  MetricOptions effective = options;
  if (effective.tokenize.empty()) effective.tokenize = bleu_tokenizer_for(options.target_language);
  const Statistics statistics = gather(hypotheses, references, effective);
  const auto precision = precisions(statistics);
  return {"bleu", brevity_penalty(statistics) * geometric_mean(precision),
          concat("nrefs:1|case:", options.lowercase ? "lc" : "mixed", "|eff:no|tok:", effective.tokenize,
                 "|smooth:exp|version:", kSignatureVersion),
          detail(statistics, precision)};
}

}  // namespace mynah::metrics
