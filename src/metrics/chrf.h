// chrF (Popović, 2015) and chrF++ (Popović, 2017) of a corpus with one reference a line, as sacreBLEU computes them.
#pragma once
#include <span>
#include <string>

#include "metrics/metric.h"

namespace mynah::metrics {

/// F2 over character n-grams of orders 1 to 6 (white space left out) and word n-grams up to `word_order`: 0 is chrF, 2 is
/// chrF++. Both sides are equally long.
Score chrf(std::span<const std::string> hypotheses, std::span<const std::string> references, int word_order,
           const MetricOptions& options);

}  // namespace mynah::metrics
