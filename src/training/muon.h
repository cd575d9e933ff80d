// Muon: steps of matrices whose singular values are all about one.
#pragma once
#include "nn/tensor.h"

namespace mynah::training {

/// A matrix [rows, columns] with the same singular vectors and singular values of 0.7 to 1.2 in place of its own (very small ones
/// stay smaller): five iterations of Newton and Schulz with a polynomial of the fifth degree (Jordan et al. 2024). `type` is what
/// is multiplied in, which may be bfloat16.
nn::Tensor orthogonalized(const nn::Tensor& matrix, at::ScalarType type);

/// Moves `momentum` towards the gradient and `values` against both, by steps as large as Adam's usually are, so that the same
/// learning rates serve (Liu et al. 2025). `keep` is a scalar: 1, or 0 to leave everything as it is.
void muon_step(nn::Tensor values, const nn::Tensor& gradient, nn::Tensor momentum, double learn_rate, const nn::Tensor& keep,
               at::ScalarType type);

}  // namespace mynah::training
