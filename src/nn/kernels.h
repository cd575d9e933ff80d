// The inner loops of training on a CPU, compiled once per instruction set and chosen when the program runs.
// Plain structs and pointers only: what an AVX-512 file instantiated from a shared header could end up in the whole program.
#pragma once
#include <cstddef>
#include <cstdint>

#include "nn/dropout_hash.h"

namespace mynah::nn {

/// A matrix in memory: `step` floats from one row to the next.
struct FloatRows {
  float* data = nullptr;
  std::ptrdiff_t step = 0;
};

/// A product c [rows, columns] over `depth`; columns are a multiple of kColumnUnit.
struct ProductCall {
  FloatRows a, b, c;
  std::ptrdiff_t rows = 0, columns = 0, depth = 0;
  const float* bias = nullptr;  // [columns], or null
  float* scratch = nullptr;     // as many floats as scratch() says
};
inline constexpr std::ptrdiff_t kColumnUnit = 16;

/// A [batch, heads, length, d_head] array whose last axis is contiguous. With `starts` [batch], lengths differ and a sentence's
/// rows begin behind so many others.
struct HeadArray {
  float* data = nullptr;
  std::ptrdiff_t batch_stride = 0, head_stride = 0, row_stride = 0;
  const std::int64_t* starts = nullptr;
};

/// One call of attention. `d_head` is a multiple of kHeadUnit; `statistics` is [batch, heads, target_length, 2], each row's
/// largest score and the inverse of its sum of exponentials, written by the forward pass and read by the backward pass.
struct AttentionCall {
  HeadArray query, key, value, output;
  HeadArray output_gradient, query_gradient, key_gradient, value_gradient;  // backward pass only
  std::ptrdiff_t heads = 0, target_length = 0, source_length = 0, d_head = 0;
  const std::int64_t* key_lengths = nullptr;    // [batch], or null: all are visible
  const std::int64_t* query_lengths = nullptr;  // [batch], or null: all are there
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

/// Products of matrices in one arithmetic.
struct Products {
  bool are_fast;  // faster than a library with its eye on all shapes
  /// Writes b [depth, columns], or its transpose given as [columns, depth], to depth × columns (rounded up to the unit) floats,
  /// as multiply() reads it.
  void (*pack)(const FloatRows& from, std::ptrdiff_t depth, std::ptrdiff_t columns, float* to);
  void (*pack_transposed)(const FloatRows& from, std::ptrdiff_t depth, std::ptrdiff_t columns, float* to);
  /// c = a · b + bias, with b packed; c += aᵀ · b, with b as it is.
  void (*multiply)(const ProductCall& call);
  void (*add_transposed_product)(const ProductCall& call);
  /// Floats of scratch that a call needs.
  std::ptrdiff_t (*scratch)(const ProductCall& call);
};

struct Kernels {
  const char* name;
  Products products;  // in float32
  void (*dropout)(const float* x, float* y, std::ptrdiff_t count, const DropoutMask& mask);
  void (*relu_dropout)(const float* x, float* y, std::ptrdiff_t count, const DropoutMask& mask);
  void (*relu_dropout_backward)(const float* y, const float* y_gradient, float* x_gradient, std::ptrdiff_t count, float scale);
  void (*add_norm)(const NormCall& call);
  void (*add_norm_backward)(const NormCall& call);
  LossTerms (*loss_row)(float* row, const LossRow& loss);
  /// Adds up the rows of x: sums [columns] += Σ x [rows, columns].
  void (*add_rows)(const FloatRows& x, std::ptrdiff_t rows, std::ptrdiff_t columns, float* sums);
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

/// Products of factors rounded to bfloat16, summed up in float32; null where the processor multiplies none.
const Products* bfloat16_products();

/// Makes kernels() return `chosen`; null goes back to the best. For tests: not while kernels run.
void choose_kernels(const Kernels* chosen);

}  // namespace mynah::nn
