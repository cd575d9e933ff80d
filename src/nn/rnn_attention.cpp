#include "nn/rnn_attention.h"

#include <limits>

namespace mynah::nn {

RnnAttentionImpl::RnnAttentionImpl(bool additive, std::int64_t width)
    : key_(register_parameter("key", torch::empty({width, width}))) {
  if (!additive) return;
  query_ = register_parameter("query", torch::empty({width, width}));
  score_ = register_parameter("score", torch::empty({1, width}));
}

Tensor RnnAttentionImpl::weights(const Tensor& queries, const Tensor& keys, const Tensor& visible) {
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
