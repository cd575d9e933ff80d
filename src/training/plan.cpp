#include "training/plan.h"

#include <sys/resource.h>

#include <algorithm>
#include <limits>

#include "base/stopwatch.h"

namespace mynah::training {

namespace {

/// Sums over updates.
struct Sizes {
  double updates = 0, tokens = 0, pairs = 0;

  void add(const std::vector<corpus::Batch>& batches) {
    updates += 1;
    for (const corpus::Batch& batch : batches) {
      tokens += static_cast<double>(batch.target_tokens());
      pairs += static_cast<double>(batch.target.size());
    }
  }
};

}  // namespace

Measured measure(Replicas& replicas, const std::function<std::vector<corpus::Batch>()>& next_update) {
  constexpr double kEnoughSeconds = 3, kEnoughTimed = 10, kEnoughSeen = 50;
  Sizes timed, seen;
  double seconds = 0;
  const auto pass = [&] {
    const std::vector<corpus::Batch> batches = next_update();
    const Stopwatch stopwatch;
    replicas.learn(batches, 0).cross_entropy.item<float>();  // waits for the device
    for (nn::Tensor gradient : replicas.gradients()) gradient.zero_();
    seconds += stopwatch.elapsed_seconds();
    timed.add(batches);
    seen.add(batches);
  };
  pass();
  timed = {};
  seconds = 0;
  do pass();
  while (timed.updates < kEnoughTimed && seconds < kEnoughSeconds);
  while (seen.updates < kEnoughSeen) seen.add(next_update());
  const double tokens = seen.tokens / seen.updates;
  return {tokens * seconds / timed.tokens, tokens, seen.pairs / seen.updates};
}

double expected_seconds(const Measured& measured, const std::vector<Span>& limits, const Standing& standing,
                        std::uint64_t pairs) {
  double expected = std::numeric_limits<double>::infinity();
  for (const Span& limit : limits) {
    const double missing = std::max(0.0, limit.amount - standing.in(limit.unit));
    double seconds = missing;
    if (limit.unit == Unit::updates) seconds = missing * measured.seconds_per_update;
    if (limit.unit == Unit::target_tokens) seconds = missing / measured.tokens_per_second();
    if (limit.unit == Unit::epochs) {
      seconds = missing * static_cast<double>(pairs) / measured.pairs_per_update * measured.seconds_per_update;
    }
    expected = std::min(expected, seconds);
  }
  return expected;
}

std::int64_t peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss * 1024;
}

}  // namespace mynah::training
