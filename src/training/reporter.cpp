#include "training/reporter.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/stopwatch.h"
#include "training/figures.h"

namespace mynah::training {
namespace {

/// JSON writes what is not finite as null.
nn::Tensor sum_from(const Json& value) {
  return at::scalar_tensor(value.is_null() ? std::numeric_limits<float>::quiet_NaN() : value.get<float>(), at::kFloat);
}

}  // namespace

Reporter::Reporter(const Log& log, Progress* progress, std::vector<Span> limits)
    : log_(log), progress_(progress), limits_(std::move(limits)) {}

void Reporter::add(const LossSums& sums, std::int64_t tokens, double learn_rate, double seconds) {
  if (since_.updates == 0) {
    since_.sums = sums;
  } else {
    since_.sums.minimised = since_.sums.minimised.to(sums.minimised.device()) + sums.minimised;
    since_.sums.cross_entropy = since_.sums.cross_entropy.to(sums.cross_entropy.device()) + sums.cross_entropy;
  }
  ++since_.updates;
  since_.tokens += tokens;
  since_.learn_rate = learn_rate;
  since_.seconds += seconds;
}

void Reporter::show(const Standing& standing) {
  if (progress_ == nullptr) return;
  const double fraction = fraction_done(limits_, standing);
  const double total = fraction > 0 ? static_cast<double>(standing.updates) / fraction : 0;
  progress_->update(static_cast<std::uint64_t>(standing.updates), static_cast<std::uint64_t>(std::llround(total)), detail_);
}

Report Reporter::report(const Standing& standing, const nn::Tensor& gradient_norm) {
  const Stopwatch waiting;
  const auto tokens = static_cast<double>(since_.tokens);
  Report report{.standing = standing, .learn_rate = since_.learn_rate};
  report.cross_entropy = since_.sums.cross_entropy.item<double>() / tokens;
  report.minimised = since_.sums.minimised.item<double>() / tokens;
  report.gradient_norm = gradient_norm.item<double>();
  report.tokens_per_second = tokens / (since_.seconds + waiting.elapsed_seconds());
  std::ostringstream line;
  line << "u " << with_thousands(standing.updates) << std::fixed << std::setprecision(2) << " · epoch " << standing.epochs
       << std::setprecision(3) << " · loss " << report.cross_entropy << " · "
       << with_thousands(std::llround(report.tokens_per_second)) << " tok/s · lr " << std::scientific << std::setprecision(2)
       << report.learn_rate << " · norm " << std::fixed << report.gradient_norm;
  detail_ = line.str();
  log_.info(detail_ + " · " + remaining(standing));
  since_ = {};
  return report;
}

Json Reporter::state() const {
  if (since_.updates == 0) return nullptr;
  return {{"updates", since_.updates},
          {"target_tokens", since_.tokens},
          {"seconds", since_.seconds},
          {"learn_rate", since_.learn_rate},
          {"minimised", since_.sums.minimised.item<float>()},
          {"cross_entropy", since_.sums.cross_entropy.item<float>()}};
}

void Reporter::go_on(const Standing& standing, const Json& state) {
  begin_ = standing;
  since_ = {};
  if (state.is_null()) return;
  since_.updates = state.at("updates").get<std::int64_t>();
  since_.tokens = state.at("target_tokens").get<std::int64_t>();
  since_.seconds = state.at("seconds").get<double>();
  since_.learn_rate = state.at("learn_rate").get<double>();
  since_.sums = {sum_from(state.at("minimised")), sum_from(state.at("cross_entropy"))};
}

std::string Reporter::remaining(const Standing& standing) const {
  const double here = fraction_done(limits_, standing), before = fraction_done(limits_, begin_);
  if (here >= 1 || here <= before) return "0 s left";
  return to_duration((standing.seconds - begin_.seconds) * (1 - here) / (here - before)) + " left";
}

void Reporter::finish() {
  if (progress_ != nullptr) progress_->finish();
}

}  // namespace mynah::training
