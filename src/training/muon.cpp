#include "training/muon.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "nn/products.h"

namespace mynah::training {

using nn::Tensor;

Tensor orthogonalized(const Tensor& matrix, at::ScalarType type) {
  constexpr double kFirst = 3.4445, kThird = -4.7750, kFifth = 2.0315;  // x, x³, x⁵ of each singular value
  constexpr int kIterations = 5;
  const bool tall = matrix.size(0) > matrix.size(1);
  Tensor result = tall ? matrix.t() : matrix;
  result = result / (at::linalg_vector_norm(result) + 1e-7);
  for (int i = 0; i < kIterations; ++i) {
    const Tensor square = nn::product_with_transpose(result, result, type);
    const Tensor fourth = nn::product(square, square, type);
    result = nn::product(square * kThird + fourth * kFifth, result, type) + result * kFirst;
  }
  return tall ? result.t() : result;
}

void muon_step(Tensor values, const Tensor& gradient, Tensor momentum, double learn_rate, const Tensor& keep,
               at::ScalarType type) {
  constexpr double kMomentum = 0.95, kUsualStep = 0.2;  // root of the mean square of Adam's steps, learning rate apart
  const Tensor finite = at::where(keep > 0, gradient, at::zeros({}, gradient.options()));
  momentum.lerp_(finite, keep * (1 - kMomentum));
  const double scale = kUsualStep * std::sqrt(static_cast<double>(std::max(values.size(0), values.size(1))));
  values.sub_(orthogonalized(finite.lerp(momentum, kMomentum), type) * (keep * (scale * learn_rate)));
}

}  // namespace mynah::training
