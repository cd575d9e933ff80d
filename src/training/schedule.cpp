#include "training/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/error.h"

namespace mynah::training {

Decay parse_decay(const std::string& name) {
  if (name == "inverse-square-root") return Decay::inverse_square_root;
  if (name == "linear") return Decay::linear;
  if (name == "cosine") return Decay::cosine;
  if (name == "constant") return Decay::constant;
  throw UsageError(
      concat("--lr-schedule: \"", name, "\" is unknown; there are inverse-square-root, linear, cosine and constant"));
}

double Schedule::learn_rate(const Standing& standing) const {
  const double here = standing.in(warmup.unit);
  const double rise = warmup.amount > 0 ? std::min(1.0, here / warmup.amount) : 1.0;
  const double done = std::min(1.0, fraction_done(end, standing));
  switch (decay) {
    case Decay::inverse_square_root:
      return peak * std::min(rise, std::sqrt(std::max(1.0, warmup.amount) / std::max(1.0, here)));
    case Decay::linear:
      return peak * std::min(rise, 1 - done);
    case Decay::cosine:
      return peak * std::min(rise, 0.5 * (1 + std::cos(std::numbers::pi * done)));
    case Decay::constant:
      return peak * rise;
  }
  return peak;
}

}  // namespace mynah::training
