// Our weights in LibTorch's own Transformer layers, which are the oracles of the post-norm network.
#pragma once
#include <torch/nn/modules/transformerlayer.h>

#include <string>

#include "model/shape.h"
#include "nn/torch.h"

namespace mynah::nn {

template <class Options>
Options torch_options(const model::Shape& shape) {
  Options options(shape.d_model, shape.heads);
  options.dim_feedforward(shape.d_feed_forward).dropout(0);
  if (shape.activation == "gelu") options.activation(torch::kGELU);
  return options;
}

/// Copies the weights of one layer of ours, `ours.prefix`, into one of LibTorch's.
class Copier {
 public:
  Copier(const torch::nn::Module& ours, const std::string& prefix, torch::nn::Module& theirs)
      : ours_(ours.named_parameters()), theirs_(theirs.named_parameters()), prefix_(prefix + ".") {}

  void attention(const std::string& from, const std::string& to) const {
    for (const std::string& kind : {std::string("weight"), std::string("bias")}) {
      set(to + ".in_proj_" + kind,
          at::cat({get(from + ".query." + kind), get(from + ".key." + kind), get(from + ".value." + kind)}));
      set(to + ".out_proj." + kind, get(from + ".output." + kind));
    }
  }
  void norm(const std::string& from, const std::string& to) const {
    set(to + ".weight", get(from + ".weight"));
    set(to + ".bias", get(from + ".bias"));
  }
  void feed_forward() const {
    norm("feed_forward.inner", "linear1");
    norm("feed_forward.outer", "linear2");
  }

 private:
  at::Tensor get(const std::string& name) const { return ours_[prefix_ + name]; }
  void set(const std::string& name, const at::Tensor& value) const {
    const at::NoGradGuard no_gradient;
    at::Tensor parameter = theirs_[name];
    parameter.copy_(value);
  }

  torch::OrderedDict<std::string, at::Tensor> ours_, theirs_;
  std::string prefix_;
};

/// Weights as random as those of tiny_network(), for parts that build() does not make alone.
inline void draw_weights(torch::nn::Module& module) {
  const at::NoGradGuard no_gradient;
  for (auto& entry : module.named_parameters()) {
    at::Tensor weight = entry.value();
    const bool scale = weight.dim() == 1 && entry.key().ends_with("weight");
    weight.normal_(scale ? 1 : 0, 0.3);
  }
}

}  // namespace mynah::nn
