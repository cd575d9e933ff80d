#include "nn/add_norm.h"

#include "kernel_checks.h"
#include "nn/reference.h"

namespace mynah::nn {
namespace {

Tensors inputs(std::int64_t rows, std::int64_t width) {
  return {at::randn({rows, width}), at::randn({rows, width}) + 0.5, at::randn({width}), at::randn({width})};
}

TEST(AddNorm, EveryVariantFollowsTheReference) {
  for (const double rate : {0.0, 0.3}) {
    for (const std::int64_t width : {3, 16, 128, 250}) {
      expect_same([rate](const Tensors& in) { return add_norm(in[0], in[1], in[2], in[3], 1e-5, rate, 4); },
                  [rate](const Tensors& in) { return reference::add_norm(in[0], in[1], in[2], in[3], 1e-5, rate, 4); },
                  inputs(9, width), 5e-6);
    }
  }
}

TEST(AddNorm, TakesAnyStridesAndLeadingAxes) {
  expect_same(
      [](const Tensors& in) { return add_norm(in[0].transpose(0, 1), in[1].transpose(0, 1), in[2], in[3], 1e-5, 0.3, 4); },
      [](const Tensors& in) {
        return reference::add_norm(in[0].transpose(0, 1), in[1].transpose(0, 1), in[2], in[3], 1e-5, 0.3, 4);
      },
      {at::randn({4, 3, 32}), at::randn({4, 3, 32}), at::randn({32}), at::randn({32})}, 5e-6);
}

TEST(AddNorm, GradientsOfTheReferenceAreRight) {
  expect_gradients([](const Tensors& in) { return add_norm(in[0], in[1], in[2], in[3], 1e-5, 0.3, 4); }, inputs(3, 5));
}

TEST(AddNorm, RefusesShapesThatDoNotFit) {
  const Tensor x = at::ones({2, 4});
  EXPECT_THROW(add_norm(x, at::ones({2, 5}), at::ones({4}), at::ones({4}), 1e-5, 0, 0), c10::Error);
  EXPECT_THROW(add_norm(x, x, at::ones({3}), at::ones({4}), 1e-5, 0, 0), c10::Error);
}

}  // namespace
}  // namespace mynah::nn
