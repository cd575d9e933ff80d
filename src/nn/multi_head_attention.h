// Multi-head attention (Vaswani et al. 2017).
#pragma once
#include "nn/dropout_pass.h"
#include "nn/linear.h"
#include "nn/segments.h"
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

  /// Within each sentence of x [tokens, d_model] → the same; `causal`: each place sees itself and those before it.
  Tensor within(const Tensor& x, const Segments& sentences, bool causal, DropoutPass& pass);
  /// From the sentences of x [tokens, d_model] to those of memory [source tokens, d_model] → [tokens, d_model]
  Tensor across(const Tensor& x, const Segments& targets, const Tensor& memory, const Segments& sources, DropoutPass& pass) {
    return across_projected(x, targets, project_packed(memory), sources, pass);
  }
  /// The two halves of across(), for memory that is looked at more than once: [source tokens, 2 · d_model] between them.
  Tensor project_packed(const Tensor& memory);
  Tensor across_projected(const Tensor& x, const Segments& targets, const Tensor& projected, const Segments& sources,
                          DropoutPass& pass);

  /// For decoders that keep keys and values: memory [batch, source_length, d_model] once, then x [batch, target_length, d_model]
  /// → [batch, target_length, d_model].
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
