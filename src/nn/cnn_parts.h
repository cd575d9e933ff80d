// What the encoder and the decoder of a convolutional network share.
#pragma once
#include "model/shape.h"
#include "nn/dropout_pass.h"
#include "nn/normalized_linear.h"
#include "nn/row_map.h"
#include "nn/segments.h"

namespace mynah::nn {

/// Keeps the spread of a sum of two that have the same (Gehring et al. 2017).
inline Tensor halved_sum(const Tensor& x, const Tensor& y) { return (x + y) * 0.70710678118654752; }

/// What a convolution sees of each token: itself, `before` tokens before it, and so many behind it that they are `width`
/// together; zeros beyond its sentence. The places of [tokens · width] in rows of [tokens].
RowMap windows(const Segments& sentences, std::int64_t width, std::int64_t before, at::Device device);

/// One position each learnt, added to what is embedded. Positions behind the last are like it.
class LearnedPositionsImpl : public torch::nn::Module {
 public:
  LearnedPositionsImpl(std::int64_t count, std::int64_t d_model)
      : weight_(register_parameter("weight", torch::empty({count, d_model}))) {}

  /// positions [...] int64 → [..., d_model]
  Tensor forward(const Tensor& positions) {
    return at::embedding(weight_, positions.clamp_max(weight_.size(0) - 1).to(weight_.device()));
  }
  /// As the token table is drawn: N(0, 0.1²).
  void draw(at::Generator generator) { weight_.normal_(0, 0.1, std::move(generator)); }

 private:
  Tensor weight_;  // [count, d_model]
};
TORCH_MODULE(LearnedPositions);

}  // namespace mynah::nn
