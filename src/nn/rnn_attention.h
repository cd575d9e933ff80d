// How a recurrent decoder looks at the source: one query for every token it is about to say.
#pragma once
#include <string>

#include "nn/multi_head_attention.h"
#include "nn/tensor.h"
#include "nn/torch.h"
#include "nn/visibility.h"

namespace mynah::nn {

/// "additive": v · tanh(W query + U memory) (Bahdanau et al. 2015). "multiplicative": query · U memory ("general", Luong et al.
/// 2015). "none": all places alike, so that every token sees the same mean (a fixed context, as in Cho et al. 2014).
class RnnAttentionImpl : public torch::nn::Module {
 public:
  RnnAttentionImpl(const std::string& kind, std::int64_t width);

  /// What queries are compared with, once for all of them: memory [..., width] → [..., width]
  Tensor keys(const Tensor& memory) { return key_.defined() ? at::linear(memory, key_) : memory; }
  /// How much each query looks at each place: queries [batch, count, width], keys [batch, source_length, width], and a bool
  /// tensor of what is visible [batch, 1, source_length] → [batch, count, source_length]
  Tensor weights(const Tensor& queries, const Tensor& keys, const Tensor& visible);

 private:
  Tensor key_;            // [width, width]; not with "none"
  Tensor query_, score_;  // [width, width], [1, width]; additive only
};
TORCH_MODULE(RnnAttention);

}  // namespace mynah::nn
