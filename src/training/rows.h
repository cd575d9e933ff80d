// The rows of a batch, shared out among replicas.
#pragma once
#include <cstddef>
#include <vector>

#include "corpus/batch_stream.h"

namespace mynah::training {

/// Rows [begin, end) of a batch.
struct RowRange {
  std::size_t begin = 0, end = 0;
  std::size_t size() const { return end - begin; }
};

/// Cuts a range into `count` neighbouring ones with about as many ids each; some are empty when there are fewer rows.
std::vector<RowRange> share_out(const corpus::Batch& batch, RowRange rows, int count);

}  // namespace mynah::training
