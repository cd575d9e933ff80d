// The kernels for AVX-512 with VNNI (see CMakeLists.txt for this file's compiler flags).
#include <immintrin.h>

#include <cstddef>
#include <cstdint>
#include <utility>

#include "packed/kernels.h"

#define MYNAH_VECTOR_BYTES 64
#include "base/vectors.inc"

namespace mynah::packed {
namespace {

constexpr bool kStartsFromBias = true;

/// (By the name of the instruction: with the intrinsic the compiler moves sums out of their registers.)
inline void add_products(Integers& sums, Integers row, Integers columns) {
  asm("vpdpbusd %2, %1, %0" : "+v"(sums) : "v"(row), "v"(columns));
}

/// A bit for each lane.
inline unsigned lanes_above(Vector values, float threshold) {
  return _mm512_cmp_ps_mask(reinterpret_cast<__m512>(values), _mm512_set1_ps(threshold), _CMP_GT_OQ);
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

extern const Kernels kAvx512VnniKernels;
const Kernels kAvx512VnniKernels = table("avx512_vnni");

}  // namespace mynah::packed
