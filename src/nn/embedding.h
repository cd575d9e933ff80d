// The one table for source, target and output, with the positions added to what goes in.
#pragma once
#include <cmath>

#include "nn/dropout_pass.h"
#include "nn/tensor.h"
#include "nn/torch.h"

namespace mynah::nn {

/// Token embeddings, tied (Press and Wolf 2017): [vocabulary, d_model], the last row, `<pad>`, is zero and takes no gradient.
class EmbeddingImpl : public torch::nn::Module {
 public:
  EmbeddingImpl(std::int64_t vocabulary, std::int64_t d_model, std::int64_t max_positions);

  /// ids and their positions (the latter on the CPU), both [...] → √d_model · embedding + position, with dropout: [..., d_model]
  Tensor forward(const Tensor& ids, const Tensor& positions, DropoutPass& pass);
  /// The two terms alone: √d_model · embedding of ids, and sinusoids of positions (on the CPU); [...] → [..., d_model]
  Tensor scaled(const Tensor& ids) { return at::embedding(weight_, ids, pad()) * scale(); }
  Tensor places(const Tensor& positions);
  /// states [..., d_model] · tableᵀ + bias: [..., vocabulary] logits, −infinity at `<pad>`
  Tensor logits(const Tensor& states, const Tensor& bias);

  const Tensor& weight() const { return weight_; }
  std::int64_t pad() const { return weight_.size(0) - 1; }

 private:
  double scale() const { return std::sqrt(static_cast<double>(weight_.size(1))); }
  Tensor position_rows(std::int64_t length);

  Tensor weight_;
  Tensor positions_;  // [max_positions, d_model]; a buffer, longer sequences compute theirs
};
TORCH_MODULE(Embedding);

}  // namespace mynah::nn
