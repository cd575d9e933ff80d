// The kernels written plainly with ATen operations: every device and type, autograd included. What the fast ones are tested
// against.
#pragma once
#include <cstdint>

#include "nn/dropout_hash.h"
#include "nn/softmax_loss.h"
#include "nn/tensor.h"
#include "nn/visibility.h"

namespace mynah::nn {

/// The mask of one dropout. Throws c10::Error unless 0 ≤ rate < 1.
DropoutMask dropout_mask(double rate, std::uint64_t seed);

namespace reference {

/// Of `like`'s shape, type and device: `mask.scale` where an element is kept, 0 elsewhere.
Tensor dropout_factors(const Tensor& like, const DropoutMask& mask);

Tensor dropout(const Tensor& x, double rate, std::uint64_t seed);
Tensor relu_dropout(const Tensor& x, double rate, std::uint64_t seed);
Tensor add_norm(const Tensor& residual, const Tensor& x, const Tensor& scale, const Tensor& shift, double epsilon, double rate,
                std::uint64_t seed);
Tensor attention_weights(const Tensor& query, const Tensor& key, const Visibility& visibility);
Tensor scaled_dot_product(const Tensor& query, const Tensor& key, const Tensor& value, const Visibility& visibility,
                          double dropout_rate, std::uint64_t seed);
SoftmaxLoss softmax_loss(const Tensor& hidden, const Tensor& table, const Tensor& bias, const Tensor& targets, std::int64_t pad,
                         double label_smoothing);

}  // namespace reference
}  // namespace mynah::nn
