// The universal transformer's decoder: one block with self-attention, cross-attention and transition, applied step by step.
#pragma once
#include <memory>

#include "model/shape.h"
#include "nn/adaptive_depth.h"
#include "nn/coordinates.h"
#include "nn/residual.h"
#include "nn/transition.h"
#include "nn/universal_cache.h"

namespace mynah::nn {

class UniversalDecoderImpl : public torch::nn::Module {
 public:
  /// `shape.decoder_layers` is the most steps.
  explicit UniversalDecoderImpl(const model::Shape& shape);

  /// Embedded decoder input [tokens, d_model] and encoder output [source tokens, d_model] → states that the output table turns
  /// into logits. `attention`, where wished, receives the cross-attention weights of the last step each position took, mean over
  /// heads: [batch, longest target, longest source].
  Refined forward(const Tensor& x, const Segments& targets, const Coordinates& coordinates, const Tensor& memory,
                  const Segments& sources, DropoutPass& pass, Tensor* attention = nullptr);

  /// A cache for one row per row of memory [batch, source_length, d_model], before the start token.
  std::unique_ptr<UniversalCache> start(const Tensor& memory, const Tensor& source_lengths);
  /// Feeds each row `count` tokens of which `counts` [rows] (CPU) are no padding: x [rows, count, d_model] → the same. A position
  /// that halts early still leaves what later ones, which may take more steps, look at: its state, copied forward.
  Tensor step(const Tensor& x, const Coordinates& coordinates, const Tensor& counts, UniversalCache& cache);

 private:
  template <class SelfAttention, class CrossAttention, class TransitionStep>
  Tensor block(const Tensor& x, DropoutPass& pass, const SelfAttention& attend_self, const CrossAttention& attend_memory,
               const TransitionStep& transit);
  Tensor cached_block(const Tensor& x, std::int64_t step, const Tensor& counts, UniversalCache& cache);

  std::int64_t most_steps_;
  MultiHeadAttention self_attention_;
  Residual self_attention_norm_;
  MultiHeadAttention cross_attention_;
  Residual cross_attention_norm_;
  Transition transition_;
  Residual transition_norm_;
  Halting halting_{nullptr};  // where the shape says so
  LayerNorm norm_{nullptr};   // pre-norm only
};
TORCH_MODULE(UniversalDecoder);

}  // namespace mynah::nn
