// Products of matrices by the kernels on a CPU, where one factor serves many rows. All matrices are float32; `type` says what
// their elements are rounded to before they are multiplied: float32, or bfloat16 where the processor has it.
#pragma once
#include "nn/tensor.h"

namespace mynah::nn {

/// True where the kernels multiply rows of `x` with `weight` [outputs, inputs], both ways, in the type, and are the faster for
/// it.
bool fits_products(const Tensor& x, const Tensor& weight, at::ScalarType type);

/// a [rows, depth] · b [depth, columns], by the kernels where they are the faster.
Tensor product(const Tensor& a, const Tensor& b, at::ScalarType type);
/// a [rows, depth] · b [columns, depth]ᵀ, likewise.
Tensor product_with_transpose(const Tensor& a, const Tensor& b, at::ScalarType type);

/// b of a product a · b, laid out once the way the kernels read it.
class PackedMatrix {
 public:
  /// matrix [depth, columns], contiguous
  static PackedMatrix of(const Tensor& matrix, at::ScalarType type);
  /// matrixᵀ, given as [columns, depth]; columns up to width() are zero.
  static PackedMatrix of_transposed(const Tensor& matrix, at::ScalarType type);

  /// Columns rounded up to the kernels' unit.
  std::int64_t width() const { return width_; }

  /// c [rows, width()] = a [rows, depth] · b + bias, where there is one. Rows may lie apart, their elements not.
  void multiply(const Tensor& a, const Tensor& c, const Tensor& bias = {}) const;

 private:
  PackedMatrix(const Tensor& matrix, at::ScalarType type, std::int64_t depth, std::int64_t columns);

  at::ScalarType type_;
  std::int64_t depth_, width_;
  Tensor values_;
};

/// c [rows, columns] += a [depth, rows]ᵀ · b [depth, columns]
void add_transposed_product(const Tensor& a, const Tensor& b, const Tensor& c, at::ScalarType type);

}  // namespace mynah::nn
