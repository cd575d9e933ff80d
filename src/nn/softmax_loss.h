// Label-smoothed cross-entropy over a tied output table, fused with the product that makes the logits.
#pragma once
#include "nn/tensor.h"

namespace mynah::nn {

struct SoftmaxLoss {
  Tensor total;          // scalar with gradient
  Tensor cross_entropy;  // scalar, no gradient
};

/// Sum over rows of −Σ_v q(v) log p(v), p = softmax(hidden · tableᵀ + bias) over all ids but `pad`, q the right token with
/// weight 1 − label_smoothing mixed with the uniform distribution over the vocabulary without `pad` (Szegedy et al. 2016).
/// Works in chunks of rows with the analytic gradient, so that [rows, vocabulary] never exists as a whole.
/// hidden [rows, d_model], table [vocabulary, d_model], bias [vocabulary], targets [rows] int64 without `pad`.
SoftmaxLoss softmax_loss(const Tensor& hidden, const Tensor& table, const Tensor& bias, const Tensor& targets, std::int64_t pad,
                         double label_smoothing);

}  // namespace mynah::nn
