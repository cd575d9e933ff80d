// Attention between sentences that follow one another without padding, heads side by side.
#pragma once
#include <cstdint>

#include "nn/segments.h"
#include "nn/tensor.h"

namespace mynah::nn {

/// scaled_dot_product() of each sentence with itself: projected [tokens, 3 · d_model] holds queries, keys and values side by side
/// → [tokens, d_model]. `causal`: each place sees itself and those before it.
Tensor self_attention(const Tensor& projected, std::int64_t heads, const Segments& sentences, bool causal, double dropout_rate,
                      std::uint64_t seed);

/// scaled_dot_product() of each sentence with its source: queries [tokens, d_model]; memory [source tokens, 2 · d_model] holds
/// keys and values side by side → [tokens, d_model].
Tensor cross_attention(const Tensor& queries, const Segments& targets, const Tensor& memory, const Segments& sources,
                       std::int64_t heads, double dropout_rate, std::uint64_t seed);

}  // namespace mynah::nn
