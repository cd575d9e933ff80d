// An axis: round tick values over a range of data, and where a value lies on the page.
#pragma once
#include <string>
#include <vector>

namespace mynah::plot {

/// A linear map from values between `low` and `high` to positions between `start` and `end` (in pixels, either way round).
class Axis {
 public:
  /// An axis over the finite ones among `values`, with about `wanted_ticks` ticks at multiples of 1, 2 or 5 times a power of
  /// ten. `widen` moves both ends out to ticks. Without a finite value the axis runs from 0 to 1; a single value stands in
  /// the middle.
  static Axis over(const std::vector<double>& values, int wanted_ticks, bool widen);

  Axis placed(double start, double end) const;

  double position(double value) const;
  std::vector<double> ticks() const;
  /// The tick as text, with no more digits than tell it from its neighbours: "0.25", "1,500", "20k", "1.5M".
  std::string label(double tick) const;

 private:
  double low_ = 0, high_ = 1, step_ = 0.2;
  double start_ = 0, end_ = 1;
};

}  // namespace mynah::plot
