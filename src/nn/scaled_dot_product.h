// Scaled dot-product attention (Vaswani et al. 2017) over padded batches: of cached steps, and wherever the kernels do not fit.
#pragma once
#include <cstdint>

#include "nn/tensor.h"
#include "nn/visibility.h"

namespace mynah::nn {

/// softmax(query · keyᵀ / √d_head) · value, per head, over the visible keys; a query that sees none gives zeros.
/// query [batch, heads, target_length, d_head]; key, value [batch, heads, source_length, d_head] (any strides)
/// → [batch, heads, target_length, d_head]. Dropout, when rate > 0, falls on the attention weights, by hash of `seed`.
Tensor scaled_dot_product(const Tensor& query, const Tensor& key, const Tensor& value, const Visibility& visibility,
                          double dropout_rate, std::uint64_t seed);

/// The weights themselves, [batch, heads, target_length, source_length]; no gradient needed.
Tensor attention_weights(const Tensor& query, const Tensor& key, const Visibility& visibility);

}  // namespace mynah::nn
