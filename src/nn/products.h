// Products of matrices by the kernels: on a CPU in float32, where one factor serves many rows.
#pragma once
#include "nn/tensor.h"

namespace mynah::nn {

/// True where the kernels multiply rows of `x` with `weight` [outputs, inputs], both ways, and are the faster for it.
bool fits_products(const Tensor& x, const Tensor& weight);

/// b of a product a · b, laid out once the way the kernels read it.
class PackedMatrix {
 public:
  /// matrix [depth, columns], contiguous
  static PackedMatrix of(const Tensor& matrix);
  /// matrixᵀ, given as [columns, depth]; columns up to width() are zero.
  static PackedMatrix of_transposed(const Tensor& matrix);

  /// Columns rounded up to the kernels' unit.
  std::int64_t width() const { return width_; }

  /// c [rows, width()] = a [rows, depth] · b + bias, where there is one. Rows may lie apart, their elements not.
  void multiply(const Tensor& a, const Tensor& c, const Tensor& bias = {}) const;

 private:
  PackedMatrix(const Tensor& matrix, std::int64_t depth, std::int64_t columns);

  std::int64_t depth_, width_;
  Tensor values_;
};

/// c [rows, columns] += a [depth, rows]ᵀ · b [depth, columns]
void add_transposed_product(const Tensor& a, const Tensor& b, const Tensor& c);

}  // namespace mynah::nn
