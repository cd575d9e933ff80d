#include "nn/rnn_attention.h"

#include <limits>

namespace mynah::nn {

RnnAttentionImpl::RnnAttentionImpl(const std::string& kind, std::int64_t width) {
  if (kind == "none") return;
  key_ = register_parameter("key", torch::empty({width, width}));
  if (kind != "additive") return;
  query_ = register_parameter("query", torch::empty({width, width}));
  score_ = register_parameter("score", torch::empty({1, width}));
}

Tensor RnnAttentionImpl::weights(const Tensor& queries, const Tensor& keys, const Tensor& visible) {
  if (!key_.defined()) return visible.to(queries.dtype()).div(visible.sum(-1, true)).expand({-1, queries.size(1), -1});
  Tensor scores;
  if (query_.defined()) {
    const Tensor asked = at::linear(queries, query_).unsqueeze(2);                // [batch, count, 1, width]
    scores = at::linear((asked + keys.unsqueeze(1)).tanh(), score_).squeeze(-1);  // [batch, count, source_length]
  } else {
    scores = at::matmul(queries, keys.transpose(1, 2));
  }
  return scores.masked_fill(visible.logical_not(), -std::numeric_limits<double>::infinity()).softmax(-1);
}

}  // namespace mynah::nn
