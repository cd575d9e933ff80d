#include "nn/feed_forward.h"

#include <gmock/gmock.h>
#include <torch/nn/functional/activation.h>

#include "base/error.h"
#include "tiny_models.h"

namespace mynah::nn {
namespace {

namespace F = torch::nn::functional;

FeedForward random_feed_forward(Activation activation) {
  FeedForward feed_forward(8, 12, activation);
  const at::NoGradGuard no_gradient;
  for (auto& parameter : feed_forward->parameters()) parameter.normal_();
  return feed_forward;
}

Tensor apply(const torch::nn::Module& module, const std::string& name, const Tensor& x) {
  const auto weights = module.named_parameters();
  return at::matmul(x, weights[name + ".weight"].t()) + weights[name + ".bias"];
}

TEST(FeedForward, HasTheActivationItsNameSays) {
  const Tensor x = at::randn({2, 3, 8});
  DropoutPass none;
  const std::vector<std::pair<std::string, std::function<Tensor(const Tensor&)>>> plain = {
      {"relu", [](const Tensor& y) { return F::relu(y); }},
      {"gelu", [](const Tensor& y) { return F::gelu(y); }},
      {"silu", [](const Tensor& y) { return F::silu(y); }}};
  for (const auto& [name, activation] : plain) {
    FeedForward feed_forward = random_feed_forward(activation_named(name));
    const Tensor inner = activation(apply(*feed_forward, "inner", x));
    expect_close(feed_forward->forward(x, none), apply(*feed_forward, "outer", inner));
    EXPECT_EQ(feed_forward->parameters().size(), 4U);
  }
}

TEST(FeedForward, SwigluGatesTheInnerLayer) {
  const Tensor x = at::randn({2, 3, 8});
  DropoutPass none;
  FeedForward feed_forward = random_feed_forward(Activation::swiglu);
  const Tensor inner = F::silu(apply(*feed_forward, "gate", x)) * apply(*feed_forward, "inner", x);
  expect_close(feed_forward->forward(x, none), apply(*feed_forward, "outer", inner));
}

TEST(FeedForward, UnknownActivationIsNamed) {
  try {
    activation_named("tanh");
    FAIL() << "no Error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("\"tanh\""));
  }
}

}  // namespace
}  // namespace mynah::nn
