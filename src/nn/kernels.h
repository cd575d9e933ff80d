// The inner loops of training on a CPU in float32, compiled once per instruction set and chosen when the program runs.
// Plain structs and pointers only: what an AVX-512 file instantiated from a shared header could end up in the whole program.
#pragma once
#include <cstddef>
#include <cstdint>

#include "nn/dropout_hash.h"

namespace mynah::nn {

/// A [batch, heads, length, d_head] array whose last axis is contiguous.
struct HeadArray {
  float* data = nullptr;
  std::ptrdiff_t batch_stride = 0, head_stride = 0, row_stride = 0;
};

/// One call of attention. `d_head` is a multiple of kHeadUnit; `statistics` is [batch, heads, target_length, 2], each row's
/// largest score and the inverse of its sum of exponentials, written by the forward pass and read by the backward pass.
struct AttentionCall {
  HeadArray query, key, value, output;
  HeadArray output_gradient, query_gradient, key_gradient, value_gradient;  // backward pass only; the last two start as zeros
  std::ptrdiff_t heads = 0, target_length = 0, source_length = 0, d_head = 0;
  const std::int64_t* key_lengths = nullptr;  // [batch], or null: all are visible
  bool causal = false;
  float scale = 1;
  DropoutMask mask;
  float* statistics = nullptr;
};
inline constexpr std::ptrdiff_t kHeadUnit = 16;

/// What softmax_loss does to one row of products hidden · tableᵀ.
struct LossRow {
  const float* bias = nullptr;
  std::ptrdiff_t vocabulary = 0, pad = 0, target = 0;
  float label_smoothing = 0;
  float* bias_gradient = nullptr;  // added to; null: no gradients are wanted and the row is left in no useful state
};
struct LossTerms {
  float smoothed = 0, cross_entropy = 0;
};

/// What add_norm works on: `rows` rows of `width`.
struct NormCall {
  std::ptrdiff_t rows = 0, width = 0;
  const float *residual = nullptr, *x = nullptr, *scale = nullptr, *shift = nullptr;
  float epsilon = 0;
  DropoutMask mask;
  float *output = nullptr, *normalized = nullptr, *deviations = nullptr;  // the last two are kept for the backward pass
  const float* output_gradient = nullptr;                                 // from here on backward pass only
  float *residual_gradient = nullptr, *x_gradient = nullptr;              // the latter only when something is dropped
  float *scale_gradient = nullptr, *shift_gradient = nullptr;             // added to
};

struct Kernels {
  const char* name;
  void (*dropout)(const float* x, float* y, std::ptrdiff_t count, const DropoutMask& mask);
  void (*relu_dropout)(const float* x, float* y, std::ptrdiff_t count, const DropoutMask& mask);
  void (*relu_dropout_backward)(const float* y, const float* y_gradient, float* x_gradient, std::ptrdiff_t count, float scale);
  void (*add_norm)(const NormCall& call);
  void (*add_norm_backward)(const NormCall& call);
  LossTerms (*loss_row)(float* row, const LossRow& loss);
  /// Floats of scratch that one thread needs for attention or its backward pass.
  std::ptrdiff_t (*attention_scratch)(const AttentionCall& call);
  /// Sentence × head number `unit`.
  void (*attention)(const AttentionCall& call, std::ptrdiff_t unit, float* scratch);
  void (*attention_backward)(const AttentionCall& call, std::ptrdiff_t unit, float* scratch);
};

/// The variants that this machine can run, best first; never empty.
struct KernelList {
  const Kernels* variants[3];
  int count = 0;
};
KernelList supported_kernels();

/// The best of them, unless a test has chosen another.
const Kernels& kernels();

/// Makes kernels() return `chosen`; null goes back to the best. For tests: not while kernels run.
void choose_kernels(const Kernels* chosen);

}  // namespace mynah::nn
