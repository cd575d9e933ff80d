// What a causal convolution remembers while decoding: the last inputs of every row.
#pragma once
#include <span>

#include "nn/tensor.h"

namespace mynah::nn {

class RecentInputs {
 public:
  RecentInputs() = default;
  /// Zeros, as stand before every sentence: [rows, count, features]. `like` gives type and device.
  RecentInputs(std::int64_t rows, std::int64_t count, std::int64_t features, const Tensor& like);

  /// Old and new ones side by side, [rows, count + fresh, features], of which the last real ones are kept: `fresh` [rows, fresh,
  /// features] holds counts[row] (CPU) of them, the rest is padding.
  Tensor extend(const Tensor& fresh, const Tensor& counts);
  void reorder(const Tensor& parents);
  void append(const RecentInputs& other);

 private:
  Tensor values_;  // [rows, count, features]; undefined when nothing is remembered
};

}  // namespace mynah::nn
