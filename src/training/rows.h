// Rows of ids on their way into a network: shared out among replicas, padded into tensors.
#pragma once
#include <span>
#include <vector>

#include "corpus/batch_stream.h"
#include "nn/sequence_model.h"

namespace mynah::training {

/// Rows [begin, end) of a batch.
struct RowRange {
  std::size_t begin = 0, end = 0;
  std::size_t size() const { return end - begin; }
};

/// Cuts a range into `count` neighbouring ones with about as many ids each; some are empty when there are fewer rows.
std::vector<RowRange> share_out(const corpus::Batch& batch, RowRange rows, int count);

/// Ids [rows, longest row] on the device, filled up with `pad`, and lengths.
nn::Padded pad_rows(std::span<const std::vector<TokenId>> rows, TokenId pad, at::Device device);

}  // namespace mynah::training
