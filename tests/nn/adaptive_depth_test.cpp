#include "nn/adaptive_depth.h"

#include "tiny_models.h"

namespace mynah::nn {
namespace {

/// A unit whose halting probability is that of the first feature, as a logit.
Halting reading_unit() {
  Halting unit(2);
  const at::NoGradGuard no_gradient;
  unit->parameters()[0].copy_(at::tensor({1.0F, 0.0F}).unsqueeze(0));
  unit->parameters()[1].fill_(-1);
  return unit;
}

/// Inputs with which a unit like that gives these probabilities.
Tensor with_probabilities(const std::vector<float>& probabilities) {
  return at::stack({at::tensor(probabilities).logit(), at::zeros({static_cast<std::int64_t>(probabilities.size())})}, 1);
}

TEST(AdaptiveDepth, HaltsWhereTheSumIsEnoughAndWeighsTheLastStateByTheRest) {
  const at::NoGradGuard no_gradient;
  AdaptiveDepth depth(at::zeros({3, 2}), 4, reading_unit());
  depth.advance(with_probabilities({0.5, 0.995, 0.2}), at::full({3, 2}, 1.0));
  EXPECT_FALSE(depth.ended());
  EXPECT_EQ(depth.running()[1].item<bool>(), false);
  depth.advance(with_probabilities({0.6, 0.1, 0.2}), at::full({3, 2}, 10.0));
  depth.advance(with_probabilities({0.6, 0.1, 0.2}), at::full({3, 2}, 100.0));
  EXPECT_FALSE(depth.ended());
  depth.advance(with_probabilities({0.6, 0.1, 0.2}), at::full({3, 2}, 1000.0));  // the last step allowed
  EXPECT_TRUE(depth.ended());
  const Refined refined = depth.refined();
  EXPECT_TRUE(at::equal(refined.steps, at::tensor({2, 1, 4}, at::kLong)));
  expect_close(refined.states.select(1, 1), at::tensor({0.5 * 1 + 0.5 * 10, 1.0, 0.2 * (1 + 10 + 100) + 0.4 * 1000}, at::kFloat));
  expect_close(refined.ponder, at::scalar_tensor(7 + 0.5 + 1 + 0.4), 1e-5);
  expect_close(depth.states().select(1, 0), at::tensor({10.0F, 1.0F, 1000.0F}));  // copied forward once halted
}

TEST(AdaptiveDepth, WithoutAUnitEveryPositionTakesAllSteps) {
  AdaptiveDepth depth(at::zeros({2, 2}), 2, Halting(nullptr));
  depth.advance(at::zeros({2, 2}), at::full({2, 2}, 1.0));
  EXPECT_FALSE(depth.ended());
  depth.advance(at::zeros({2, 2}), at::full({2, 2}, 5.0));
  EXPECT_TRUE(depth.ended());
  EXPECT_TRUE(at::equal(depth.refined().steps, at::tensor({2, 2}, at::kLong)));
  EXPECT_TRUE((depth.refined().states == 5).all().item<bool>());
  EXPECT_FALSE(depth.refined().ponder.defined());
}

TEST(AdaptiveDepth, AFreshUnitFavoursHalting) {
  Halting unit(4);
  const at::NoGradGuard no_gradient;
  for (Tensor& parameter : unit->parameters()) parameter.zero_();
  EXPECT_NEAR(unit(at::zeros({1, 4})).item<double>(), 0.7311, 1e-4);
}

}  // namespace
}  // namespace mynah::nn
