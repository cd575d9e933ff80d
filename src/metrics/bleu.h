// BLEU (Papineni et al., 2002) of a corpus with one reference a line, as sacreBLEU computes it.
#pragma once
#include <span>
#include <string>

#include "metrics/metric.h"

namespace mynah::metrics {

/// Exponential smoothing, all four orders always (no effective order). Both sides are equally long.
Score bleu(std::span<const std::string> hypotheses, std::span<const std::string> references, const MetricOptions& options);

}  // namespace mynah::metrics
