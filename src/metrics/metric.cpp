#include "metrics/metric.h"

#include <array>
#include <cstdio>

#include "base/error.h"
#include "metrics/bleu.h"
#include "metrics/chrf.h"
#include "metrics/rouge.h"

namespace mynah::metrics {
namespace {

using Lines = std::span<const std::string>;

struct Entry {
  const char* name;   // as users write it
  const char* title;  // as reports print it
  Score (*compute)(Lines hypotheses, Lines references, const MetricOptions&);
};

constexpr std::array<Entry, 7> kMetrics{{
    {"bleu", "BLEU", bleu},
    {"chrf", "chrF2", [](Lines h, Lines r, const MetricOptions& options) { return chrf(h, r, 0, options); }},
    {"chrf++", "chrF2++", [](Lines h, Lines r, const MetricOptions& options) { return chrf(h, r, 2, options); }},
    {"rouge1", "ROUGE-1", [](Lines h, Lines r, const MetricOptions& options) { return rouge("rouge1", h, r, options); }},
    {"rouge2", "ROUGE-2", [](Lines h, Lines r, const MetricOptions& options) { return rouge("rouge2", h, r, options); }},
    {"rougeL", "ROUGE-L", [](Lines h, Lines r, const MetricOptions& options) { return rouge("rougeL", h, r, options); }},
    {"rougeLsum", "ROUGE-Lsum", [](Lines h, Lines r, const MetricOptions& options) { return rouge("rougeLsum", h, r, options); }},
}};

const Entry& find(std::string_view name) {
  for (const Entry& entry : kMetrics)
    if (entry.name == name) return entry;
  std::string known;
  for (const Entry& entry : kMetrics) known += concat(known.empty() ? "" : ", ", entry.name);
  throw UsageError(concat("there is no metric '", name, "': expected one of ", known));
}

}  // namespace

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  for (const Entry& entry : kMetrics) names.emplace_back(entry.name);
  return names;
}

Score score(std::string_view metric, Lines hypotheses, Lines references, const MetricOptions& options) {
  const Entry& entry = find(metric);
  if (hypotheses.size() != references.size())
    throw Error(concat("scoring with ", metric, " expects one reference a line: found ", hypotheses.size(), " hypotheses and ",
                       references.size(), " references"));
  return entry.compute(hypotheses, references, options);
}

std::string report_line(const Score& score) {
  std::array<char, 32> value{};
  std::snprintf(value.data(), value.size(), "%.2f", score.value);
  const char* separator = score.detail.empty() ? "" : " ";
  return concat(find(score.name).title, "|", score.signature, " = ", value.data(), separator, score.detail);
}

}  // namespace mynah::metrics
