#include "metrics/rouge.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <unordered_map>

#include "base/error.h"
#include "metrics/ngrams.h"

namespace mynah::metrics {
namespace {

constexpr std::string_view kVersion = "0.1.2-mynah";

Overlap overlap(std::size_t shared, std::size_t summary, std::size_t reference) {
  if (shared == 0) return {};
  const double precision = static_cast<double>(shared) / static_cast<double>(summary);
  const double recall = static_cast<double>(shared) / static_cast<double>(reference);
  return {precision, recall, 2 * precision * recall / (precision + recall)};
}

Overlap ngram_overlap(std::u32string_view summary, std::u32string_view reference, std::size_t order) {
  const NgramCounts counts = count_ngrams(summary, reference, order);
  return overlap(static_cast<std::size_t>(counts.shared), static_cast<std::size_t>(counts.hypothesis),
                 static_cast<std::size_t>(counts.reference));
}

/// Where in `reference` a longest common subsequence lies, last index first. Of several, the one that the package finds: it
/// counts for ROUGE-Lsum.
std::vector<std::size_t> common_subsequence(std::u32string_view reference, std::u32string_view summary) {
  const std::size_t columns = summary.size();
  std::vector<bool> turns_left(reference.size() * columns);  // where the length to the left is greater than the one above
  std::vector<std::uint32_t> above(columns + 1), lengths(columns + 1);
  for (std::size_t i = 0; i < reference.size(); ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      lengths[j + 1] = reference[i] == summary[j] ? above[j] + 1 : std::max(above[j + 1], lengths[j]);
      turns_left[i * columns + j] = lengths[j] > above[j + 1];
    }
    above.swap(lengths);
  }
  std::vector<std::size_t> indices;
  for (std::size_t i = reference.size(), j = columns; i > 0 && j > 0;) {
    if (reference[i - 1] == summary[j - 1]) {
      indices.push_back(--i);
      --j;
    } else if (turns_left[(i - 1) * columns + j - 1]) {
      --j;
    } else {
      --i;
    }
  }
  return indices;
}

std::size_t total_size(const std::vector<std::u32string>& sentences) {
  return std::accumulate(sentences.begin(), sentences.end(), std::size_t{0},
                         [](std::size_t sum, const std::u32string& sentence) { return sum + sentence.size(); });
}

std::unordered_map<char32_t, std::size_t> count_words(const std::vector<std::u32string>& sentences) {
  std::unordered_map<char32_t, std::size_t> counts;
  for (const std::u32string& sentence : sentences) {
    for (const char32_t word : sentence) ++counts[word];
  }
  return counts;
}

/// What of each reference sentence lies in a common subsequence with any sentence of the summary; a word counts no more often
/// than both sides have it.
Overlap union_overlap(const std::vector<std::u32string>& summary, const std::vector<std::u32string>& reference) {
  auto left_in_summary = count_words(summary), left_in_reference = count_words(reference);
  std::size_t shared = 0;
  for (const std::u32string& sentence : reference) {
    std::vector<bool> covered(sentence.size());
    for (const std::u32string& other : summary) {
      for (const std::size_t index : common_subsequence(sentence, other)) covered[index] = true;
    }
    for (std::size_t i = 0; i < sentence.size(); ++i) {
      if (!covered[i] || left_in_summary[sentence[i]] == 0 || left_in_reference[sentence[i]] == 0) continue;
      ++shared;
      --left_in_summary[sentence[i]];
      --left_in_reference[sentence[i]];
    }
  }
  return overlap(shared, total_size(summary), total_size(reference));
}

}  // namespace

RougeScores rouge(std::string_view summary, std::string_view reference, RougeTokenizer& tokenizer) {
  const std::u32string found = tokenizer.tokenize(summary), wanted = tokenizer.tokenize(reference);
  return {ngram_overlap(found, wanted, 1), ngram_overlap(found, wanted, 2),
          overlap(common_subsequence(wanted, found).size(), found.size(), wanted.size()),
          union_overlap(tokenizer.tokenize_lines(summary), tokenizer.tokenize_lines(reference))};
}

RougeReport rouge(std::span<const std::string> summaries, std::span<const std::vector<std::string>> references,
                  RougeTokens tokens) {
  if (summaries.size() != references.size())
    throw Error(concat("scoring with ROUGE expects references for each summary: found ", summaries.size(), " summaries and ",
                       references.size(), " lists of references"));
  RougeTokenizer tokenizer(tokens);
  RougeReport report;
  for (std::size_t i = 0; i < summaries.size(); ++i) {
    if (references[i].empty()) throw Error(concat("scoring with ROUGE: summary ", i + 1, " has no reference"));
    std::array<double, kRougeNames.size()> best{}, sum{};
    for (const std::string& reference : references[i]) {
      const RougeScores scores = rouge(summaries[i], reference, tokenizer);
      for (std::size_t metric = 0; metric < scores.size(); ++metric) {
        best[metric] = std::max(best[metric], scores[metric].f);
        sum[metric] += scores[metric].f;
      }
    }
    const double share = 100 / static_cast<double>(summaries.size());
    for (std::size_t metric = 0; metric < best.size(); ++metric) {
      report.best[metric] += share * best[metric];
      report.mean[metric] += share * sum[metric] / static_cast<double>(references[i].size());
    }
    report.references += references[i].size();
  }
  report.summaries = summaries.size();
  return report;
}

Score rouge(std::string_view name, std::span<const std::string> summaries, std::span<const std::string> references,
            const MetricOptions& options) {
  const auto metric = static_cast<std::size_t>(std::ranges::find(kRougeNames, name) - kRougeNames.begin());
  const RougeTokens tokens =
      options.target_language.empty() ? rouge_tokens_of(references) : rouge_tokens_for(options.target_language);
  RougeTokenizer tokenizer(tokens);
  double sum = 0;
  for (std::size_t i = 0; i < summaries.size(); ++i) sum += rouge(summaries[i], references[i], tokenizer).at(metric).f;
  const auto count = static_cast<double>(std::max<std::size_t>(summaries.size(), 1));
  return {std::string(name), 100 * sum / count, rouge_signature("1", tokens), ""};
}

std::string rouge_signature(std::string_view references, RougeTokens tokens) {
  return concat("nrefs:", references, "|stem:porter|tok:", tokens == RougeTokens::words ? "words" : "characters",
                "|version:", kVersion);
}

}  // namespace mynah::metrics
