#include "nn/rnn_encoder.h"

#include <torch/nn/modules/rnn.h>

#include "tiny_models.h"
#include "torch_layers.h"

namespace mynah::nn {
namespace {

class Layer : public testing::TestWithParam<std::tuple<std::string, bool>> {
 protected:
  Layer() {
    shape_.width = 8;
    shape_.encoder_cell = std::get<0>(GetParam());
    layer_ = RecurrentLayer(shape_, 5, both_);
    draw_weights(*layer_);
  }

  /// What LibTorch's layer with our weights makes of one sentence [length, 5].
  Tensor theirs(const Tensor& sentence) {
    std::vector<Tensor> weights;
    for (const char* direction : {"forwards", "backwards"}) {
      for (const char* part : {".input.weight", ".hidden.weight", ".input.bias", ".hidden.bias"}) {
        const auto* found = layer_->named_parameters().find(std::string(direction) + part);
        if (found) weights.push_back(*found);
      }
    }
    const Tensor x = sentence.unsqueeze(1), nothing = at::zeros({both_ ? 2 : 1, 1, both_ ? 4 : 8});
    if (shape_.encoder_cell == "gru")
      return std::get<0>(at::gru(x, nothing, weights, true, 1, 0, false, both_, false)).squeeze(1);
    return std::get<0>(at::lstm(x, {nothing, nothing}, weights, true, 1, 0, false, both_, false)).squeeze(1);
  }

  model::RecurrentShape shape_;
  bool both_ = std::get<1>(GetParam());
  RecurrentLayer layer_{nullptr};
};
INSTANTIATE_TEST_SUITE_P(Rnn, Layer, testing::Combine(testing::Values("lstm", "gru"), testing::Bool()), [](const auto& kind) {
  return std::get<0>(kind.param) + (std::get<1>(kind.param) ? "BothWays" : "Forwards");
});

TEST_P(Layer, EqualsLibTorchsOnEachSentence) {
  const at::NoGradGuard no_gradient;
  const Segments sentences = segments(at::tensor({3, 6, 1, 6}, at::kLong));
  const TimeOrder order(sentences, at::kCPU);
  const Tensor x = at::randn({16, 5});
  const Tensor walked = order.restore(layer_->forward(order.arrange(x), order));
  expect_close(order.restore(layer_->fused(order.arrange(x), order)), walked);
  std::int64_t first = 0;
  for (const std::int64_t length : {3, 6, 1, 6}) {
    expect_close(walked.narrow(0, first, length), theirs(x.narrow(0, first, length)));
    first += length;
  }
}

TEST_P(Layer, BothWaysOfComputingHaveTheSameGradients) {
  const TimeOrder order(segments(at::tensor({2, 4}, at::kLong)), at::kCPU);
  const Tensor x = at::randn({6, 5}), weights = at::randn({6, 8});
  const auto gradients = [&](bool fused) {
    layer_->zero_grad();
    ((fused ? layer_->fused(x, order) : layer_->forward(x, order)) * weights).sum().backward();
    std::vector<Tensor> all;
    for (const Tensor& parameter : layer_->parameters()) all.push_back(parameter.grad().flatten().clone());
    return at::cat(all);
  };
  expect_close(gradients(true), gradients(false));
}

}  // namespace
}  // namespace mynah::nn
