#include "corpus/length_model.h"

#include <algorithm>
#include <cmath>

#include "text/utf8.h"

namespace mynah::corpus {
namespace {

double median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

LengthModel::LengthModel(const std::vector<TextPair>& pairs) {
  constexpr double kLongEnough = 20;
  constexpr std::size_t kEnough = 100;
  std::vector<std::pair<double, double>> lengths;
  std::vector<double> ratios, squares;
  for (const TextPair& pair : pairs) {
    const auto source = static_cast<double>(count_code_points(pair.source)),
               target = static_cast<double>(count_code_points(pair.target));
    if (source + target < 2 * kLongEnough || std::min(source, target) < 1) continue;
    lengths.emplace_back(source, target);
    ratios.push_back(target / source);
  }
  if (ratios.size() < kEnough) return;
  learnt_ = true;
  ratio_ = median(ratios);
  variance_ = 1;
  for (const auto& [source, target] : lengths) {
    const double deviation = this->deviation(static_cast<std::size_t>(source), static_cast<std::size_t>(target));
    squares.push_back(deviation * deviation);
  }
  constexpr double kMedianOfSquares = 0.4549;  // of a standard normal variable: robust against the noise looked for
  variance_ = std::max(1.0, median(squares) / kMedianOfSquares);
}

double LengthModel::deviation(std::size_t source, std::size_t target) const {
  const double expected = ratio_ * static_cast<double>(source), found = static_cast<double>(target);
  const double mean = (expected + found) / 2 / std::sqrt(ratio_);  // alike from both sides
  return mean == 0 ? 0 : (found - expected) / std::sqrt(ratio_) / std::sqrt(variance_ * mean);
}

}  // namespace mynah::corpus
