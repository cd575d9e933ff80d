// Multi-head attention (Vaswani et al. 2017).
#pragma once
#include "nn/dropout_pass.h"
#include "nn/linear.h"
#include "nn/visibility.h"

namespace mynah::nn {

/// Projected keys and values, heads side by side: [batch, source_length, d_model] each.
struct KeysValues {
  Tensor keys, values;
};

/// Heads attend in parallel, each in its own d_model / heads features; `output` mixes what they bring.
class MultiHeadAttentionImpl : public torch::nn::Module {
 public:
  MultiHeadAttentionImpl(std::int64_t d_model, std::int64_t heads);

  /// From x [batch, target_length, d_model] to memory [batch, source_length, d_model] (x itself in self-attention)
  /// → [batch, target_length, d_model]
  Tensor forward(const Tensor& x, const Tensor& memory, const Visibility& visibility, DropoutPass& pass);

  /// forward() in two halves, for decoders that keep keys and values.
  KeysValues project(const Tensor& memory);
  Tensor attend(const Tensor& x, const KeysValues& memory, const Visibility& visibility, DropoutPass& pass);

  /// How much each position of x looks at each of memory, mean over heads: [batch, target_length, source_length]
  Tensor mean_weights(const Tensor& x, const Tensor& memory, const Visibility& visibility);

 private:
  Tensor split_heads(const Tensor& x) const;

  std::int64_t heads_;
  Linear query_, key_, value_, output_;
};
TORCH_MODULE(MultiHeadAttention);

}  // namespace mynah::nn
