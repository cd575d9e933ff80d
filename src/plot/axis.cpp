#include "plot/axis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace mynah::plot {
namespace {

/// The smallest of 1, 2, 5 times a power of ten that is not below `step`.
double round_step(double step) {
  const double power = std::pow(10, std::floor(std::log10(step)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= step * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

/// How many decimals a multiple of `step` needs.
int decimals(double step) { return std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 12); }

std::string fixed(double value, int digits) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return text.data();
}

std::string with_thousands_commas(const std::string& digits) {
  std::string result;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0 && digits[i - 1] != '-') result.push_back(',');
    result.push_back(digits[i]);
  }
  return result;
}

}  // namespace

Axis Axis::over(const std::vector<double>& values, int wanted_ticks, bool widen) {
  Axis axis;
  std::vector<double> finite;
  std::copy_if(values.begin(), values.end(), std::back_inserter(finite), [](double value) { return std::isfinite(value); });
  if (!finite.empty()) {
    const auto [low, high] = std::minmax_element(finite.begin(), finite.end());
    const double margin = *low == *high ? std::max(std::abs(*low), 1.0) / 2 : 0;
    axis.low_ = *low - margin;
    axis.high_ = *high + margin;
  }
  axis.step_ = round_step((axis.high_ - axis.low_) / wanted_ticks);
  if (widen) {
    axis.low_ = std::floor(axis.low_ / axis.step_ + 1e-9) * axis.step_;
    axis.high_ = std::ceil(axis.high_ / axis.step_ - 1e-9) * axis.step_;
  }
  return axis;
}

Axis Axis::placed(double start, double end) const {
  Axis axis = *this;
  axis.start_ = start;
  axis.end_ = end;
  return axis;
}

double Axis::position(double value) const { return start_ + (value - low_) / (high_ - low_) * (end_ - start_); }

std::vector<double> Axis::ticks() const {
  const auto first = std::llround(std::ceil(low_ / step_ - 1e-9)), last = std::llround(std::floor(high_ / step_ + 1e-9));
  std::vector<double> result;
  for (auto multiple = first; multiple <= last; ++multiple) result.push_back(static_cast<double>(multiple) * step_);
  return result;
}

std::string Axis::label(double tick) const {
  const double largest = std::max(std::abs(low_), std::abs(high_));
  if (tick == 0) return "0";
  if (largest >= 1e6 && step_ >= 1e4) return fixed(tick / 1e6, decimals(step_ / 1e6)) + "M";
  if (largest >= 1e4 && step_ >= 1e2) return fixed(tick / 1e3, decimals(step_ / 1e3)) + "k";
  if (step_ >= 1) return with_thousands_commas(fixed(tick, 0));
  if (step_ < 1e-4) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.3g", tick);
    return text.data();
  }
  return fixed(tick, decimals(step_));
}

}  // namespace mynah::plot
