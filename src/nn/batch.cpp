#include "nn/batch.h"

#include <algorithm>

#include "nn/torch.h"

namespace mynah::nn {

Padded pad_rows(std::span<const std::span<const TokenId>> rows, TokenId pad, at::Device device) {
  std::size_t length = 0;
  for (const auto& row : rows) length = std::max(length, row.size());
  const auto batch = static_cast<std::int64_t>(rows.size());
  Tensor ids = at::full({batch, static_cast<std::int64_t>(length)}, pad, at::kLong);
  Tensor lengths = at::empty({batch}, at::kLong);
  auto* id = ids.mutable_data_ptr<std::int64_t>();
  auto* row_length = lengths.mutable_data_ptr<std::int64_t>();
  for (const auto& row : rows) {
    std::ranges::copy(row, id);
    id += length;
    *row_length++ = static_cast<std::int64_t>(row.size());
  }
  return {ids.to(device), lengths};
}

Padded pad_rows(std::span<const std::vector<TokenId>> rows, TokenId pad, at::Device device) {
  const std::vector<std::span<const TokenId>> spans(rows.begin(), rows.end());
  return pad_rows(spans, pad, device);
}

Tensor decoder_inputs(const Padded& target, std::int64_t start) {
  const Tensor& ids = target.ids;
  return at::cat({at::full({ids.size(0), 1}, start, ids.options()), ids.narrow(1, 0, ids.size(1) - 1)}, 1);
}

}  // namespace mynah::nn
