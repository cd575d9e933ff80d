#include "training/plan.h"

#include <sys/resource.h>

#include <algorithm>
#include <limits>

#include "base/stopwatch.h"

namespace mynah::training {

Measured measure(Replicas& replicas, const std::function<std::vector<corpus::Batch>()>& next_update) {
  constexpr double kEnoughSeconds = 3;
  constexpr int kEnoughUpdates = 10;
  Measured sums;
  const auto pass = [&] {
    const Stopwatch stopwatch;
    const std::vector<corpus::Batch> batches = next_update();
    replicas.learn(batches, 0).cross_entropy.item<float>();  // waits for the device
    for (nn::Tensor gradient : replicas.gradients()) gradient.zero_();
    sums.seconds_per_update += stopwatch.elapsed_seconds();
    for (const corpus::Batch& batch : batches) {
      sums.tokens_per_update += static_cast<double>(batch.target_tokens());
      sums.pairs_per_update += static_cast<double>(batch.target.size());
    }
  };
  pass();
  sums = {};
  int updates = 0;
  for (; updates == 0 || (updates < kEnoughUpdates && sums.seconds_per_update < kEnoughSeconds); ++updates) pass();
  return {sums.seconds_per_update / updates, sums.tokens_per_update / updates, sums.pairs_per_update / updates};
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
