// The kernels for every machine (see CMakeLists.txt for this file's compiler flags).
#include <cstddef>
#include <cstdint>
#include <utility>

#include "nn/kernels.h"

#define MYNAH_VECTOR_BYTES 16
// In this order: each builds on the one before.
#include "base/vectors.inc"

#include "nn/kernels_rows.inc"

#include "nn/kernels_product.inc"

#include "nn/kernels_attention.inc"

namespace mynah::nn {

extern const Kernels kBaselineKernels;
const Kernels kBaselineKernels{"baseline",
                               {false, pack, pack_transposed, multiply, add_transposed_product, product_scratch},
                               dropout,
                               relu_dropout,
                               relu_dropout_backward,
                               add_norm,
                               add_norm_backward,
                               loss_row,
                               add_rows,
                               attention_scratch,
                               attention,
                               attention_backward};

}  // namespace mynah::nn
