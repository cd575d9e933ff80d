// The inner loops of the packed engine, compiled once per instruction set and chosen when the program runs.
// Plain structs and pointers only: what an AVX-512 file instantiated from a shared header could end up in the whole program.
#pragma once
#include <cstddef>
#include <cstdint>

namespace mynah::packed {

/// What products are computed in. Products read words of four bytes, neighbours along the depth: 4 int8, 2 bfloat16 or 1 float32.
enum class Precision { int8, bfloat16, float32 };
inline constexpr int kPrecisions = 3;
inline constexpr std::ptrdiff_t kWordBytes = 4;

/// A packed matrix is panels of so many columns; within one, a word of every column, then the next word.
inline constexpr std::ptrdiff_t kPanelColumns = 64;
/// Rows that a tile of a product has at most.
inline constexpr std::ptrdiff_t kTileRows = 6;
/// Floats that a vector has at most.
inline constexpr std::ptrdiff_t kMostLanes = 16;
/// Heads are padded to a multiple of so many features, what they look at to a multiple of so many positions.
inline constexpr std::ptrdiff_t kHeadUnit = 32, kLengthUnit = 16;

/// Floats in rows; `step` floats from one row to the next.
struct FloatRows {
  float* data = nullptr;
  std::ptrdiff_t step = 0;
  [[gnu::always_inline]] FloatRows from(std::ptrdiff_t row, std::ptrdiff_t column = 0) const {
    return {data + row * step + column, step};
  }
};

/// Rows of words, the left side of a product. int8 is stored as value + 128, and value times the row's scale is meant.
struct WordRows {
  std::byte* data = nullptr;
  std::ptrdiff_t step = 0;  // bytes from one row to the next
  float* scales = nullptr;  // [rows]; int8 only
  [[gnu::always_inline]] WordRows from(std::ptrdiff_t row) const { return {data + row * step, step, scales + row}; }
};

/// Weights [depth, columns], the right side of a product: [columns / 64, words, 64] words.
struct Matrix {
  Precision precision = Precision::float32;
  const std::byte* panels = nullptr;
  const float* scales = nullptr;        // [columns], int8 only
  const std::int32_t* start = nullptr;  // [columns], int8 only: −128 · the column's sum, which takes the + 128 of the rows back
  const float* bias = nullptr;          // [columns]
  std::ptrdiff_t words = 0;             // of a column
  std::ptrdiff_t columns = 0;           // a multiple of kPanelColumns
};

/// `rows` ≤ kTileRows rows times one panel: sums [rows, 64], int32 for int8 (exact, of the rows' true values), else float32.
struct TileCall {
  const std::byte* rows = nullptr;
  std::ptrdiff_t step = 0, row_count = 0;
  const std::byte* panel = nullptr;
  std::ptrdiff_t words = 0;
  const std::int32_t* start = nullptr;  // [64], int8 only
  void* sums = nullptr;
};

/// What becomes of a product plus bias on its way to the output; `gated` multiplies it with what the output holds.
enum class Finish { none, relu, gelu, silu, gated };

/// output [rows, columns] = finish(rows · matrix + bias).
struct LinearCall {
  WordRows rows;
  std::ptrdiff_t row_count = 0;
  const Matrix* matrix = nullptr;
  FloatRows output;
  Finish finish = Finish::none;
};

/// Between two sub-layers: the stream takes up what the last one added, is normalised where `scale` is given, and becomes the
/// next one's words.
struct SettleCall {
  std::ptrdiff_t rows = 0, width = 0;
  FloatRows stream, added;  // no data: nothing was added
  const float *scale = nullptr, *shift = nullptr;
  FloatRows normalised;  // where normalised values go: the stream itself (post-norm), or elsewhere (`added` will do)
  WordRows words;
};

/// Columns `tokens` of a table times `factor`, plus the positions: rows of the stream.
struct EmbedCall {
  const Matrix* table = nullptr;
  const std::int32_t* tokens = nullptr;     // [rows]
  const float* const* positions = nullptr;  // [rows], each [width]
  std::ptrdiff_t rows = 0, width = 0;
  float factor = 1;
  FloatRows stream;
};

/// Keys and values of one sentence, in words of one float32 or, with the weights in int8 or bfloat16, of two bfloat16: keys
/// [heads, words of d_head, padded], values [heads, words of padded, d_head]. `padded` is length rounded up to kLengthUnit.
struct Memory {
  std::byte *keys = nullptr, *values = nullptr;
  std::ptrdiff_t length = 0;
};

/// Keys and values [length, heads · d_head] become a memory, whose length is set.
struct RememberCall {
  std::ptrdiff_t heads = 0, d_head = 0;
  FloatRows keys, values;
  Memory memory;
};

/// Queries of one sentence look at all of its memory.
struct AttentionCall {
  std::ptrdiff_t heads = 0, d_head = 0;  // d_head a multiple of kHeadUnit
  FloatRows queries, output;
  std::ptrdiff_t rows = 0;
  Memory memory;
  float* scratch = nullptr;  // kTileRows · padded floats, padded as the memory is
  float* weights = nullptr;  // [rows, length], added to: the mean over heads; or null
};

/// One query looks at the tokens before it: `places` [length] says where in the cache each one's key and value stand.
struct CachedAttentionCall {
  std::ptrdiff_t heads = 0, d_head = 0;
  const float* query = nullptr;
  float* output = nullptr;
  const std::byte* cache = nullptr;  // [places, 2, heads, words of d_head], a key and a value each
  std::ptrdiff_t step = 0;           // bytes from one place to the next
  const std::int32_t* places = nullptr;
  std::ptrdiff_t length = 0;
  float* scratch = nullptr;  // heads · length · kMostLanes floats, length rounded up to kLengthUnit
};

struct ScoredToken {
  std::int32_t token;
  float logit;
};

/// What the output layer is to find out about one row, and what it has found.
struct OutputRow {
  const std::int32_t* forbidden = nullptr;  // tokens
  std::ptrdiff_t forbidden_count = 0;
  ScoredToken* best = nullptr;  // room for best_count, best first
  std::ptrdiff_t best_count = 0, found = 0;
  std::int32_t wanted = -1;  // a column whose logit is asked for
  float wanted_logit = 0;
  float log_sum = 0;    // of the exponentials of all logits
  float reference = 0;  // from here on the loop's own: what exponentials are relative to
  float notable = 0;    // logits above it ask for more than being summed up
  float sums[16] = {};
};

/// The output layer with its tail: logits are looked at as they come out of the product and kept nowhere.
struct OutputCall {
  WordRows rows;
  std::ptrdiff_t row_count = 0;
  const Matrix* matrix = nullptr;        // its bias is −infinity where no token may stand
  const std::int32_t* tokens = nullptr;  // [columns], which each column is of, ascending; null: its number
  OutputRow* results = nullptr;          // [row_count]
};

/// By precision, or by what keys and values are kept in: float32, bfloat16.
struct Kernels {
  const char* name;
  void (*tile[kPrecisions])(const TileCall& call);
  void (*linear[kPrecisions])(const LinearCall& call);
  void (*output[kPrecisions])(const OutputCall& call);
  void (*settle[kPrecisions])(const SettleCall& call);
  void (*to_words[kPrecisions])(const FloatRows& from, std::ptrdiff_t rows, std::ptrdiff_t width, const WordRows& words);
  void (*embed[kPrecisions])(const EmbedCall& call);
  void (*remember[2])(const RememberCall& call);
  void (*keep[2])(const float* from, std::ptrdiff_t count, std::byte* to);
  void (*attend[2])(const AttentionCall& call);
  void (*attend_cached[2])(const CachedAttentionCall& call);
  /// Logits [count], a multiple of kPanelColumns, become log-probabilities.
  void (*log_softmax)(float* row, std::ptrdiff_t count);
};

/// The variants that this machine can run, best first; never empty. The last one is the plain one.
struct KernelList {
  const Kernels* variants[4];
  int count = 0;
};
KernelList supported_kernels();

}  // namespace mynah::packed
