#include "training/plan.h"

#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/stopwatch.h"

namespace mynah::training {

Measured measure(Replicas& replicas, const std::vector<std::vector<corpus::Batch>>& updates) {
  Measured measured;
  double timed = 0;
  for (std::size_t update = 0; update < updates.size(); ++update) {
    const Stopwatch stopwatch;
    replicas.learn(updates[update], 0).cross_entropy.item<float>();  // waits for the device
    for (nn::Tensor gradient : replicas.gradients()) gradient.zero_();
    if (update == 0 && updates.size() > 1) continue;
    measured.seconds_per_update += stopwatch.elapsed_seconds();
    for (const corpus::Batch& batch : updates[update]) {
      measured.tokens_per_update += static_cast<double>(batch.target_tokens());
      measured.pairs_per_update += static_cast<double>(batch.target.size());
    }
    timed += 1;
  }
  for (double* sum : {&measured.seconds_per_update, &measured.tokens_per_update, &measured.pairs_per_update}) *sum /= timed;
  return measured;
}

double expected_seconds(const Measured& measured, const std::vector<Span>& limits, const Standing& standing, std::uint64_t pairs) {
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

std::string to_duration(double seconds) {
  if (!std::isfinite(seconds)) return "an unknown time";
  const auto whole = static_cast<std::int64_t>(std::llround(seconds));
  const std::int64_t days = whole / 86400, hours = whole / 3600 % 24, minutes = whole / 60 % 60;
  if (days > 0) return concat(days, " d ", hours, " h");
  if (hours > 0) return concat(hours, " h ", minutes < 10 ? "0" : "", minutes, " min");
  if (minutes > 0) return concat(minutes, " min ", whole % 60 < 10 ? "0" : "", whole % 60, " s");
  return concat(whole, " s");
}

std::string with_thousands(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (auto place = static_cast<std::int64_t>(digits.size()) - 3; place > (number < 0 ? 1 : 0); place -= 3) {
    digits.insert(static_cast<std::size_t>(place), ",");
  }
  return digits;
}

std::int64_t peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss * 1024;
}

}  // namespace mynah::training
