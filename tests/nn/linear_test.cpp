#include "nn/linear.h"

#include <ATen/autocast_mode.h>

#include "kernel_checks.h"

namespace mynah::nn {
namespace {

Tensors inputs(std::int64_t rows, std::int64_t from, std::int64_t to) {
  return {at::randn({rows, from}), at::randn({to, from}), at::randn({to})};
}

void expect_linear(const Tensors& in) {
  expect_same([](const Tensors& x) { return linear(x[0], x[1], x[2]); },
              [](const Tensors& x) { return at::matmul(x[0], x[1].t()) + x[2]; }, in, 3e-6);
}

TEST(Linear, EveryVariantFollowsTheFormula) {
  for (const std::int64_t rows : {1, 5, 128, 300}) expect_linear(inputs(rows, 32, 48));
  expect_linear(inputs(20, 128, 16));
}

TEST(Linear, TakesSizesThatFitNoKernel) {
  expect_linear(inputs(20, 24, 32));
  expect_linear(inputs(20, 32, 24));
}

TEST(Linear, TakesMoreAxesAndRowsThatLieApart) {
  Tensors in = inputs(20, 32, 16);
  in[0] = at::randn({3, 4, 64}).narrow(2, 7, 32);
  expect_linear(in);
}

TEST(Linear, GradientsInFloat64AreRight) {
  expect_gradients([](const Tensors& x) { return linear(x[0], x[1], x[2]); }, inputs(3, 4, 5));
}

TEST(Linear, RoundsFactorsTo16BitsWhereAutocastSaysSo) {
  for (const Tensors& in : {inputs(20, 32, 16), inputs(20, 24, 32)}) {  // the second is left to LibTorch
    const auto run = [&] {
      return value_and_gradients([](const Tensors& x) { return linear(x[0], x[1], x[2]).to(at::kFloat); }, in, at::kFloat);
    };
    const Tensors exact = run();
    at::autocast::set_autocast_enabled(at::kCPU, true);
    const Tensors rough = run();
    at::autocast::set_autocast_enabled(at::kCPU, false);
    for (std::size_t i = 0; i < exact.size(); ++i) EXPECT_LT(distance(rough[i], exact[i]), 0.01);
    for (const std::size_t i : {0, 1, 2}) EXPECT_GT(distance(rough[i], exact[i]), 0.0001);  // not the bias, which is only added
  }
}

TEST(Linear, SideBySideEqualsOneAfterTheOther) {
  Linear first(32, 16), second(32, 48);
  {
    const at::NoGradGuard no_gradient;
    for (Linear map : {first, second}) {
      for (auto& parameter : map->parameters()) parameter.normal_();
    }
  }
  const Tensor x = at::randn({9, 32});
  EXPECT_LT(distance(side_by_side(x, {first, second}), at::cat({first(x), second(x)}, 1)), 1e-6);
  {
    const at::NoGradGuard no_gradient;
    EXPECT_TRUE(at::equal(side_by_side(x, {first, second}), at::cat({first(x), second(x)}, 1)));
  }
  const auto gradients = [&](const Tensor& y) {
    Tensors all;
    y.pow(2).sum().backward();
    for (Linear map : {first, second}) {
      for (const Tensor& parameter : map->parameters()) all.push_back(parameter.grad().clone());
      map->zero_grad();
    }
    return all;
  };
  const Tensors together = gradients(side_by_side(x, {first, second}));
  const Tensors apart = gradients(at::cat({first(x), second(x)}, 1));
  for (std::size_t i = 0; i < together.size(); ++i) EXPECT_LT(distance(together[i], apart[i]), 1e-6) << i;
}

}  // namespace
}  // namespace mynah::nn
