// Attention's kernels work on one sentence and head; this runs them for all.
#pragma once
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "nn/kernels.h"
#include "nn/tensor.h"

namespace mynah::nn {

/// `statistics` is the call's. Each sentence and head writes its own part of the results: the number of threads changes no bit.
inline void for_each_head(const AttentionCall& call, const Tensor& statistics,
                          void (*kernel)(const AttentionCall&, std::ptrdiff_t, float*)) {
  at::parallel_for(0, statistics.size(0) * statistics.size(1), 1, [&](std::int64_t first, std::int64_t last) {
    const Tensor scratch = at::empty({kernels().attention_scratch(call)}, statistics.options());
    for (std::int64_t unit = first; unit < last; ++unit) kernel(call, unit, scratch.mutable_data_ptr<float>());
  });
}

}  // namespace mynah::nn
