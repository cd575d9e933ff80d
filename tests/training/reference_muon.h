// Muon as its paper writes it, in double precision, with singular values where the program has iterations.
#pragma once
#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace mynah::training {

inline at::Tensor reference_orthogonalized(const at::Tensor& matrix) {
  const auto [left, sizes, right] = at::linalg_svd(matrix, false);
  at::Tensor x = sizes / sizes.norm();
  for (int i = 0; i < 5; ++i) x = 3.4445 * x - 4.7750 * x.pow(3) + 2.0315 * x.pow(5);
  return left.matmul(at::diag(x)).matmul(right);
}

struct ReferenceMuon {
  at::Tensor values, momentum = at::zeros_like(values);

  void step(const at::Tensor& gradient, double rate) {
    momentum = 0.95 * momentum + 0.05 * gradient;
    const auto longest = static_cast<double>(std::max(values.size(0), values.size(1)));
    values = values - rate * 0.2 * std::sqrt(longest) * reference_orthogonalized(0.05 * gradient + 0.95 * momentum);
  }
};

}  // namespace mynah::training
