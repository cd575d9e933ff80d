// Add & Norm: every sub-layer is wrapped here, and here alone is decided where the normalisation stands.
#pragma once
#include "nn/add_norm.h"
#include "nn/dropout.h"
#include "nn/dropout_pass.h"
#include "nn/tensor.h"
#include "nn/torch.h"

namespace mynah::nn {

inline constexpr double kNormEpsilon = 1e-5;

/// Layer normalisation over the features (Ba et al. 2016), with scale and shift.
class LayerNormImpl : public torch::nn::Module {
 public:
  explicit LayerNormImpl(std::int64_t d_model)
      : weight_(register_parameter("weight", torch::ones({d_model}))),
        bias_(register_parameter("bias", torch::zeros({d_model}))) {}

  Tensor forward(const Tensor& x) { return at::layer_norm(x, {weight_.size(0)}, weight_, bias_, kNormEpsilon); }

 protected:
  Tensor weight_, bias_;
};
TORCH_MODULE(LayerNorm);

/// A residual connection with its normalisation: behind the sub-layer as in the paper, or before it (Xiong et al. 2020).
class ResidualImpl : public LayerNormImpl {
 public:
  ResidualImpl(std::int64_t d_model, bool pre_norm) : LayerNormImpl(d_model), pre_norm_(pre_norm) {}

  /// Post-norm: norm(x + dropout(sub_layer(x))); pre-norm: x + dropout(sub_layer(norm(x))).
  template <class SubLayer>
  Tensor around(const Tensor& x, DropoutPass& pass, const SubLayer& sub_layer) {
    const Tensor y = sub_layer(entering(x));
    const double rate = pass.rates().residual;
    if (pre_norm_) return x + dropout(y, rate, pass.next_seed());
    return add_norm(x, y, weight_, bias_, kNormEpsilon, rate, pass.next_seed());
  }

  /// What the sub-layer is given.
  Tensor entering(const Tensor& x) { return pre_norm_ ? forward(x) : x; }

 private:
  bool pre_norm_;
};
TORCH_MODULE(Residual);

}  // namespace mynah::nn
