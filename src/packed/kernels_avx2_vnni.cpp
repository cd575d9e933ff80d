// The kernels for AVX2 with VNNI (see CMakeLists.txt for this file's compiler flags).
#include <immintrin.h>

#include <cstddef>
#include <cstdint>
#include <utility>

#include "packed/kernels.h"

#define MYNAH_VECTOR_BYTES 32
#include "base/vectors.inc"

namespace mynah::packed {
namespace {

constexpr bool kStartsFromBias = true;

/// (By the name of the instruction: with the intrinsic the compiler moves sums out of their registers.)
inline void add_products(Integers& sums, Integers row, Integers columns) {
  asm("%{vex%} vpdpbusd %2, %1, %0" : "+x"(sums) : "x"(row), "x"(columns));
}

/// A bit for each lane.
inline unsigned lanes_above(Vector values, float threshold) {
  return static_cast<unsigned>(_mm256_movemask_ps(reinterpret_cast<__m256>(values > threshold)));
}

}  // namespace
}  // namespace mynah::packed

// In this order: each builds on the one before.
#include "packed/kernels_product.inc"

#include "packed/kernels_rows.inc"

#include "packed/kernels_attention.inc"

#include "packed/kernels_output.inc"

#include "packed/kernels_table.inc"

namespace mynah::packed {

extern const Kernels kAvx2VnniKernels;
const Kernels kAvx2VnniKernels = table("avx2_vnni");

}  // namespace mynah::packed
