// ROUGE (Lin, 2004) as the rouge-score package computes it, with stemming: how much of a reference a summary shares.
#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/metric.h"
#include "metrics/rouge_tokens.h"

namespace mynah::metrics {

/// Precision, recall and their harmonic mean, 0 … 1.
struct Overlap {
  double precision = 0, recall = 0, f = 0;
};

/// ROUGE-1, ROUGE-2, ROUGE-L and ROUGE-Lsum; kRougeNames has their names in this order.
using RougeScores = std::array<Overlap, 4>;
inline constexpr std::array<std::string_view, 4> kRougeNames{"rouge1", "rouge2", "rougeL", "rougeLsum"};

/// ROUGE-L takes a text as one sentence; for ROUGE-Lsum sentences stand on lines of their own.
RougeScores rouge(std::string_view summary, std::string_view reference, RougeTokenizer& tokenizer);

/// F of each metric in percent, averaged over summaries that have several references each.
struct RougeReport {
  std::array<double, 4> best{};  // with the reference of the highest F, chosen for each metric and summary
  std::array<double, 4> mean{};  // with the average over a summary's references
  std::size_t summaries = 0, references = 0;
};

/// Throws Error when the numbers of summaries and reference lists differ or a summary has no reference.
RougeReport rouge(std::span<const std::string> summaries, std::span<const std::vector<std::string>> references,
                  RougeTokens tokens);

/// One of kRougeNames over a corpus with one reference a line, for the list of metrics.
Score rouge(std::string_view name, std::span<const std::string> summaries, std::span<const std::string> references,
            const MetricOptions& options);

/// "nrefs:1|stem:porter|tok:words|version:0.1.2-mynah"
std::string rouge_signature(std::string_view references, RougeTokens tokens);

}  // namespace mynah::metrics
