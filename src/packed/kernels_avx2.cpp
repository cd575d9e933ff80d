// The kernels for AVX2 and FMA (see CMakeLists.txt for this file's compiler flags).
#include <immintrin.h>

#include <cstddef>
#include <cstdint>
#include <utility>

#include "packed/kernels.h"

#define MYNAH_VECTOR_BYTES 32
#include "base/vectors.inc"

namespace mynah::packed {
namespace {

constexpr bool kStartsFromBias = false;

/// The instruction takes bytes without sign by bytes with one: the row's signs go to the columns. Magnitudes are at most 127, so
/// that no pair of products leaves its 16 bits.
inline void add_products(Integers& sums, Integers row, Integers columns) {
  const __m256i values = _mm256_xor_si256(reinterpret_cast<__m256i>(row), _mm256_set1_epi8(-128));
  const __m256i signed_columns = _mm256_sign_epi8(reinterpret_cast<__m256i>(columns), values);
  const __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(values), signed_columns);
  sums += reinterpret_cast<Integers>(_mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
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

extern const Kernels kAvx2Kernels;
const Kernels kAvx2Kernels = table("avx2");

}  // namespace mynah::packed
