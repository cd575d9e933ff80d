// The kernels for every machine, products written as plainly as can be: what the others are compared with.
#include <cstddef>
#include <cstdint>
#include <utility>

#include "packed/kernels.h"

#define MYNAH_VECTOR_BYTES 16
#include "base/vectors.inc"

namespace mynah::packed {
namespace {

constexpr bool kStartsFromBias = false;

inline void add_products(Integers& sums, Integers row, Integers columns) {
  using Bytes = std::int8_t __attribute__((vector_size(MYNAH_VECTOR_BYTES)));
  const Bytes values = reinterpret_cast<Bytes>(row) ^ static_cast<std::int8_t>(-128), weights = reinterpret_cast<Bytes>(columns);
  for (Size i = 0; i < MYNAH_VECTOR_BYTES; ++i) sums[i / 4] += values[i] * weights[i];
}

/// A bit for each lane.
inline unsigned lanes_above(Vector values, float threshold) {
  unsigned lanes = 0;
  for (Size i = 0; i < kLanes; ++i) lanes |= values[i] > threshold ? 1U << i : 0U;
  return lanes;
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

extern const Kernels kPlainKernels;
const Kernels kPlainKernels = table("plain");

}  // namespace mynah::packed
