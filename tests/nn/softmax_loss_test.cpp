#include "nn/softmax_loss.h"

#include <ATen/autocast_mode.h>

#include "kernel_checks.h"
#include "nn/reference.h"

namespace mynah::nn {
namespace {

constexpr double kSmoothing = 0.1;

Tensors inputs(std::int64_t rows, std::int64_t d_model, std::int64_t vocabulary) {
  return {at::randn({rows, d_model}), at::randn({vocabulary, d_model}), at::randn({vocabulary})};
}

/// Ids in [0, vocabulary) without pad.
Tensor targets(std::int64_t rows, std::int64_t vocabulary, std::int64_t pad) {
  const Tensor ids = at::randint(vocabulary - 1, {rows}, at::kLong);
  return at::where(ids >= pad, ids + 1, ids);
}

TEST(SoftmaxLoss, EveryVariantFollowsTheReference) {
  for (const std::int64_t rows : {1, 5, 513, 1100}) {  // in chunks
    for (const std::int64_t vocabulary : {3, 50, 117}) {
      const std::int64_t pad = vocabulary - 1;
      const Tensor right = targets(rows, vocabulary, pad);
      expect_same([&](const Tensors& in) { return softmax_loss(in[0], in[1], in[2], right, pad, kSmoothing).total; },
                  [&](const Tensors& in) { return reference::softmax_loss(in[0], in[1], in[2], right, pad, kSmoothing).total; },
                  inputs(rows, 16, vocabulary), 4e-5);  // the bias has a difference of two long sums for gradient
    }
  }
}

TEST(SoftmaxLoss, GradientsInFloat64AreRight) {
  const Tensor right = targets(4, 7, 2);
  expect_gradients([&](const Tensors& in) { return softmax_loss(in[0], in[1], in[2], right, 2, kSmoothing).total; },
                   inputs(4, 3, 7));
}

TEST(SoftmaxLoss, AgreesWithLibTorchsCrossEntropyWithoutThePadColumn) {
  const Tensors in = inputs(20, 8, 31);
  const Tensor right = targets(20, 31, 30);
  const Tensor logits = at::linear(in[0], in[1], in[2]).narrow(1, 0, 30);
  const Tensor smoothed = at::cross_entropy_loss(logits, right, {}, at::Reduction::Sum, -100, kSmoothing);
  const Tensor plain = at::cross_entropy_loss(logits, right, {}, at::Reduction::Sum);
  for_each_variant([&] {
    const SoftmaxLoss loss = softmax_loss(in[0], in[1], in[2], right, 30, kSmoothing);
    EXPECT_NEAR(loss.total.item<double>(), smoothed.item<double>(), 1e-4);
    EXPECT_NEAR(loss.cross_entropy.item<double>(), plain.item<double>(), 1e-4);
    EXPECT_FALSE(loss.cross_entropy.requires_grad());
  });
}

TEST(SoftmaxLoss, PadTakesNoGradient) {
  Tensors in = inputs(6, 8, 11);
  for (Tensor& tensor : in) tensor.requires_grad_();
  softmax_loss(in[0], in[1], in[2], targets(6, 11, 4), 4, kSmoothing).total.backward();
  EXPECT_EQ(in[1].grad()[4].abs().max().item<float>(), 0);
  EXPECT_EQ(in[2].grad()[4].item<float>(), 0);
}

TEST(SoftmaxLoss, GradientFollowsTheFactorInFrontOfTheLoss) {
  const Tensor right = targets(6, 11, 10);
  expect_same([&](const Tensors& in) { return softmax_loss(in[0], in[1], in[2], right, 10, kSmoothing).total / 42; },
              [&](const Tensors& in) { return reference::softmax_loss(in[0], in[1], in[2], right, 10, kSmoothing).total / 42; },
              inputs(6, 8, 11), 5e-6);
}

TEST(SoftmaxLoss, HoldsForLargeLogitsAndShowsNaN) {
  const Tensor right = targets(3, 40, 39);
  Tensors in = inputs(3, 16, 40);
  in[0].mul_(200);
  expect_same([&](const Tensors& x) { return softmax_loss(x[0], x[1], x[2], right, 39, kSmoothing).total; },
              [&](const Tensors& x) { return reference::softmax_loss(x[0], x[1], x[2], right, 39, kSmoothing).total; }, in, 1e-5);
  in[0][1][1] = NAN;
  for_each_variant([&] { EXPECT_TRUE(softmax_loss(in[0], in[1], in[2], right, 39, kSmoothing).total.isnan().item<bool>()); });
}

TEST(SoftmaxLoss, MultipliesIn16BitsWhereAutocastSaysSo) {
  Tensors in = inputs(700, 32, 50);
  const Tensor right = targets(700, 50, 49);
  const auto loss = [&](const Tensors& x) { return softmax_loss(x[0], x[1], x[2], right, 49, kSmoothing).total; };
  const Tensors exact = value_and_gradients(loss, in, at::kFloat);
  at::autocast::set_autocast_enabled(at::kCPU, true);
  const Tensors rough = value_and_gradients(loss, in, at::kFloat);
  at::autocast::set_autocast_enabled(at::kCPU, false);
  for (std::size_t i = 0; i < exact.size(); ++i) {
    EXPECT_EQ(rough[i].scalar_type(), at::kFloat);
    EXPECT_LT(distance(rough[i], exact[i]), 0.01) << i;
    EXPECT_GT(distance(rough[i], exact[i]), 1e-7) << i;
  }
}

TEST(SoftmaxLoss, RefusesShapesThatDoNotFit) {
  EXPECT_THROW(softmax_loss(at::ones({2, 3}), at::ones({5, 4}), at::ones({5}), at::zeros({2}, at::kLong), 0, 0), c10::Error);
}

}  // namespace
}  // namespace mynah::nn
