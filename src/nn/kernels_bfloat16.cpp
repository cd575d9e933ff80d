// Products of matrices whose factors are rounded to bfloat16 and whose sums are float32, for AVX-512 with BF16 (see
// CMakeLists.txt for this file's compiler flags). A word holds a pair of factors that are neighbours along the depth.
#include <cstddef>
#include <cstdint>
#include <utility>

#include "nn/kernels.h"

#define MYNAH_VECTOR_BYTES 64
#include "base/vectors.inc"

namespace mynah::nn {
namespace {

/// (By the name of the instruction: with the intrinsic the compiler moves sums out of their registers.)
inline Vector multiply_add(Vector sum, float factor, Vector line) {
  const Bits pair = Bits{} + __builtin_bit_cast(std::uint32_t, factor);
  asm("vdpbf16ps %2, %1, %0" : "+v"(sum) : "v"(pair), "v"(line));
  return sum;
}

}  // namespace
}  // namespace mynah::nn

#include "nn/kernels_tile.inc"

namespace mynah::nn {
namespace {

constexpr Size kRows = 192, kDepth = 512, kShallow = 192, kStrip = 64;

/// Both rounded, behind one another.
inline Vector rounded_to_words(Vector first, Vector second) {
  Vector words;
  asm("vcvtne2ps2bf16 %1, %2, %0" : "=v"(words) : "v"(first), "v"(second));
  return words;
}

/// Lanes of both in turn.
template <std::int32_t... kLane>
inline Vector zipped(Vector first, Vector second, std::integer_sequence<std::int32_t, kLane...>) {
  using Halves = std::int16_t __attribute__((vector_size(MYNAH_VECTOR_BYTES)));
  const Halves halves = reinterpret_cast<Halves>(rounded_to_words(first, second));
  return reinterpret_cast<Vector>(__builtin_shufflevector(halves, halves, (kLane / 2 + kLane % 2 * kLanes)...));
}
inline Vector pairs_of(Vector first, Vector second) {
  return zipped(first, second, std::make_integer_sequence<std::int32_t, 2 * kLanes>{});
}

/// Up to kLanes floats, zeros behind them.
inline Vector load_some(const float* from, Size count) {
  if (count >= kLanes) return load(from);
  return count > 0 ? load(from, Rest{0, count}) : Vector{};
}

/// Up to 2 kLanes neighbours along a row as pairs.
inline Vector pairs_along(const float* from, Size count) {
  return rounded_to_words(load_some(from, count), load_some(from + kLanes, count - kLanes));
}

Size pairs_in(Size depth) { return (depth + 1) / 2; }

/// from [rows, depth] → to [rows, rounded pairs], for the left side of a product.
void pair_along(Matrix from, Size rows, Size depth, Matrix to) {
  for (Size row = 0; row < rows; ++row) {
    for (Size i = 0; i < depth; i += 2 * kLanes) store(to.at(row, i / 2), pairs_along(from.at(row, i), depth - i));
  }
}

/// from [depth, columns] → to [pairs, columns], whole vectors of them.
void pair_across(Matrix from, Size depth, Size columns, Matrix to) {
  for (Size row = 0; row < depth; row += 2) {
    for (Size i = 0; i < columns; i += kLanes) {
      const Size left = columns - i;
      const Vector second = row + 1 < depth ? load_some(from.at(row + 1, i), left) : Vector{};
      store(to.at(row / 2, i), pairs_of(load_some(from.at(row, i), left), second));
    }
  }
}

/// Panel after panel, each [pairs, kPanel or the columns left].
void pack(const FloatRows& from, Size depth, Size columns, float* to) {
  for (Size column = 0; column < columns; column += kPanel) {
    const Size width = smaller(kPanel, columns - column);
    pair_across(matrix(from).from(0, column), depth, width, {to, width});
    to += width * pairs_in(depth);
  }
}

/// Up to kLanes rows of `from`, 2 kLanes numbers of each as pairs, become columns.
void pack_square(Matrix from, Size rows, Size depth, Matrix to) {
  Vector square[kLanes];
#pragma GCC unroll 16
  for (Size i = 0; i < kLanes; ++i) square[i] = i < rows ? pairs_along(from.at(i), depth) : Vector{};
  transpose_square(square);
  for (Size i = 0; i < smaller(kLanes, pairs_in(depth)); ++i) store(to.at(i), square[i]);
}

void pack_transposed(const FloatRows& from, Size depth, Size columns, float* to) {
  for (Size column = 0; column < columns; column += kPanel) {
    const Size width = smaller(kPanel, packed_columns(columns) - column);
    for (Size i = 0; i < width; i += kLanes) {
      for (Size begin = 0; begin < depth; begin += 2 * kLanes) {
        pack_square(matrix(from).from(column + i, begin), columns - column - i, depth - begin,
                    {to + begin / 2 * width + i, width});
      }
    }
    to += width * pairs_in(depth);
  }
}

void multiply(const ProductCall& call) {
  const Matrix paired{call.scratch, kDepth / 2};
  for (Size first = 0; first < call.rows; first += kRows) {
    const Size rows = smaller(kRows, call.rows - first);
    for (Size begin = 0; begin < call.depth; begin += kDepth) {
      const Size depth = smaller(kDepth, call.depth - begin);
      pair_along(matrix(call.a).from(first, begin), rows, depth, paired);
      multiply_stretch(call, paired, first, rows, {pairs_in(begin), pairs_in(depth), pairs_in(call.depth)});
    }
  }
}

void add_transposed_product(const ProductCall& call) {
  const Matrix strip{call.scratch, kStrip}, lines{call.scratch + kStrip * kShallow / 2, call.columns};
  for (Size begin = 0; begin < call.depth; begin += kShallow) {
    const Size depth = smaller(kShallow, call.depth - begin);
    pair_across(matrix(call.b).from(begin), depth, call.columns, lines);
    for (Size first = 0; first < call.rows; first += kStrip) {
      const Size width = smaller(kStrip, call.rows - first);
      pair_across(matrix(call.a).from(begin, first), depth, width, strip);
      for (Size row = 0; row < width; row += kTileRows) {
        product<Left::transposed, Start::own>(strip.from(0, row), lines, matrix(call.c).from(first + row),
                                              smaller(kTileRows, width - row), call.columns, pairs_in(depth));
      }
    }
  }
}

Size scratch(const ProductCall& call) {
  const Size along = kRows * kDepth / 2, across = (kStrip + call.columns) * kShallow / 2;
  return along > across ? along : across;
}

}  // namespace

extern const Products kBfloat16Products;
const Products kBfloat16Products{true, pack, pack_transposed, multiply, add_transposed_product, scratch};

}  // namespace mynah::nn
