#include "training/rows.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace mynah::training {

std::vector<RowRange> share_out(const corpus::Batch& batch, RowRange rows, int count) {
  const auto ids = [&](std::size_t row) { return batch.source[row].size() + batch.target[row].size(); };
  std::size_t total = 0, taken = 0;
  for (std::size_t row = rows.begin; row < rows.end; ++row) total += ids(row);
  std::vector<RowRange> shares;
  std::size_t row = rows.begin;
  for (int share = 1; share <= count; ++share) {
    const std::size_t begin = row;
    const auto due = total * static_cast<std::size_t>(share) / static_cast<std::size_t>(count);
    // A row goes to the share that its middle falls into.
    while (row < rows.end && (share == count || taken + ids(row) / 2 < due)) taken += ids(row++);
    shares.push_back({begin, row});
  }
  return shares;
}

nn::Padded pad_rows(std::span<const std::vector<TokenId>> rows, TokenId pad, at::Device device) {
  std::size_t longest = 0;
  for (const auto& row : rows) longest = std::max(longest, row.size());
  const auto count = static_cast<std::int64_t>(rows.size());
  nn::Padded padded{at::full({count, static_cast<std::int64_t>(longest)}, pad, at::kLong), at::empty({count}, at::kLong)};
  auto* ids = padded.ids.mutable_data_ptr<std::int64_t>();
  auto* lengths = padded.lengths.mutable_data_ptr<std::int64_t>();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    std::copy(rows[row].begin(), rows[row].end(), ids + row * longest);
    lengths[row] = static_cast<std::int64_t>(rows[row].size());
  }
  padded.ids = padded.ids.to(device);
  return padded;
}

}  // namespace mynah::training
