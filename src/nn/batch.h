// Rows of ids as padded tensors.
#pragma once
#include <span>
#include <vector>

#include "nn/tensor.h"
#include "text/token_id.h"

namespace mynah::nn {

/// Rows of ids padded to one length.
struct Padded {
  Tensor ids;      // [batch, length] int64, padded with `<pad>`
  Tensor lengths;  // [batch] int64 on the CPU, padding not counted
};

/// Pads rows to the longest.
Padded pad_rows(std::span<const std::span<const TokenId>> rows, TokenId pad, at::Device device);
Padded pad_rows(std::span<const std::vector<TokenId>> rows, TokenId pad, at::Device device);

/// What a decoder reads while it is taught: the start token, then each target but for its last id; [batch, length].
Tensor decoder_inputs(const Padded& target, std::int64_t start);

}  // namespace mynah::nn
