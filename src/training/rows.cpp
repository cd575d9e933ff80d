#include "training/rows.h"

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

}  // namespace mynah::training
