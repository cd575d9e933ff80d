#include "nn/embedding.h"

#include <limits>

#include "nn/dropout.h"
#include "nn/positions.h"

namespace mynah::nn {

EmbeddingImpl::EmbeddingImpl(std::int64_t vocabulary, std::int64_t d_model, std::int64_t max_positions)
    : weight_(register_parameter("weight", torch::empty({vocabulary, d_model}))),
      positions_(register_buffer("positions", positions(0, max_positions, d_model))) {}

Tensor EmbeddingImpl::forward(const Tensor& ids, const Tensor& positions, DropoutPass& pass) {
  const Tensor sum = at::add(places(positions), at::embedding(weight_, ids, pad()), scale());
  return dropout(sum, pass.rates().residual, pass.next_seed());
}

Tensor EmbeddingImpl::places(const Tensor& positions) {
  return at::embedding(position_rows(positions.max().item<std::int64_t>() + 1), positions.to(weight_.device()));
}

Tensor EmbeddingImpl::logits(const Tensor& states, const Tensor& bias) {
  Tensor logits = at::linear(states, weight_, bias);
  logits.select(-1, pad()).fill_(-std::numeric_limits<double>::infinity());
  return logits;
}

Tensor EmbeddingImpl::position_rows(std::int64_t length) {
  if (length <= positions_.size(0)) return positions_.narrow(0, 0, length);
  return positions(0, length, weight_.size(1)).to(weight_.options());
}

}  // namespace mynah::nn
