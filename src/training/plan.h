// What training will take, said before it begins.
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "training/replicas.h"
#include "training/span.h"

namespace mynah::training {

/// How fast the first batches went; nothing was learnt from them.
struct Measured {
  double seconds_per_update = 0, tokens_per_update = 0, pairs_per_update = 0;
  double tokens_per_second() const { return tokens_per_update / seconds_per_update; }
};

/// Times forward and backward passes for about three seconds, the first one for warming up only, and looks at some more updates
/// for their sizes. `next_update` gives the batches of one update.
Measured measure(Replicas& replicas, const std::function<std::vector<corpus::Batch>()>& next_update);

/// Seconds from `standing` to the nearest limit at the measured speed; infinity without limits.
double expected_seconds(const Measured& measured, const std::vector<Span>& limits, const Standing& standing, std::uint64_t pairs);

/// The most memory this process has held so far, in bytes.
std::int64_t peak_memory();

}  // namespace mynah::training
