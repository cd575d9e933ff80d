#include "nn/residual.h"

#include "tiny_models.h"

namespace mynah::nn {
namespace {

Tensor plain_norm(const Tensor& x, const torch::nn::Module& module) {
  const auto weights = module.named_parameters();
  const Tensor centred = x - x.mean(-1, true);
  return centred / (centred.pow(2).mean(-1, true) + 1e-5).sqrt() * weights["weight"] + weights["bias"];
}

Residual random_residual(bool pre_norm) {
  Residual residual(8, pre_norm);
  const at::NoGradGuard no_gradient;
  for (auto& parameter : residual->parameters()) parameter.normal_();
  return residual;
}

Tensor twice_sine(const Tensor& y) { return y.sin() * 2; }

TEST(Residual, PostNormNormalisesTheSum) {
  Residual residual = random_residual(false);
  const Tensor x = at::randn({2, 3, 8});
  DropoutPass none;
  expect_close(residual->around(x, none, twice_sine), plain_norm(x + twice_sine(x), *residual));
}

TEST(Residual, PreNormNormalisesWhatGoesIn) {
  Residual residual = random_residual(true);
  const Tensor x = at::randn({2, 3, 8});
  DropoutPass none;
  expect_close(residual->around(x, none, twice_sine), x + twice_sine(plain_norm(x, *residual)));
}

TEST(Residual, DropoutFallsOnTheSubLayerOnly) {
  Residual residual = random_residual(true);
  const Tensor x = at::randn({50, 8});
  const Dropout rates = {0.5, 0, 0};
  DropoutPass pass(rates, 3);
  const Tensor added = residual->around(x, pass, [](const Tensor& y) { return at::ones_like(y); }) - x;
  const Tensor kept = (added - 2).abs() < 1e-5, dropped = added.abs() < 1e-5;
  EXPECT_TRUE((kept | dropped).all().item<bool>());
  EXPECT_NEAR(kept.to(at::kDouble).mean().item<double>(), 0.5, 0.15);
}

TEST(LayerNorm, IsTheFormula) {
  LayerNorm norm(8);
  const at::NoGradGuard no_gradient;
  for (auto& parameter : norm->parameters()) parameter.normal_();
  const Tensor x = at::randn({2, 3, 8}) * 3 + 1;
  expect_close(norm->forward(x), plain_norm(x, *norm));
}

}  // namespace
}  // namespace mynah::nn
