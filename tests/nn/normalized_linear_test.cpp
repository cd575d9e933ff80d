#include "nn/normalized_linear.h"

#include <ATen/CPUGeneratorImpl.h>

#include "tiny_models.h"

namespace mynah::nn {
namespace {

TEST(NormalizedLinear, WeightsHaveTheLengthThatIsLearntApart) {
  const at::NoGradGuard no_gradient;
  NormalizedLinear layer(6, 4);
  layer->draw(1, at::make_generator<at::CPUGeneratorImpl>(1));
  const auto parameters = layer->named_parameters();
  expect_close(layer->map().weight, parameters["weight_v"]);  // as drawn
  Tensor length = parameters["weight_g"], direction = parameters["weight_v"];
  length.copy_(at::tensor({1., 2., 3., 0.5}, at::kFloat));
  const Tensor before = layer->map().weight;
  expect_close(before.norm(2, 1), length);
  direction.mul_(7);
  expect_close(layer->map().weight, before);
  const Tensor x = at::randn({5, 6});
  expect_close(layer->map()(x), x.mm(before.t()) + parameters["bias"]);
}

}  // namespace
}  // namespace mynah::nn
