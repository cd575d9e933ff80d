// One table of embeddings for source, target and output.
#pragma once
#include "nn/tensor.h"
#include "nn/torch.h"

namespace mynah::nn {

/// Token embeddings, tied (Press and Wolf 2017): [vocabulary, d_model], the last row, `<pad>`, is zero and takes no gradient.
class TokenTableImpl : public torch::nn::Module {
 public:
  TokenTableImpl(std::int64_t vocabulary, std::int64_t d_model);

  /// ids [...] → [..., d_model]
  Tensor forward(const Tensor& ids) { return at::embedding(weight_, ids, pad()); }
  /// states [..., d_model] · tableᵀ + bias: [..., vocabulary] logits, −infinity at `<pad>`
  Tensor logits(const Tensor& states, const Tensor& bias);

  const Tensor& weight() const { return weight_; }
  std::int64_t pad() const { return weight_.size(0) - 1; }

 private:
  Tensor weight_;
};
TORCH_MODULE(TokenTable);

}  // namespace mynah::nn
