#include "nn/transformer.h"

#include <cmath>

#include "plain_comparison.h"
#include "plain_transformer.h"
#include "tiny_models.h"

namespace mynah::nn {
namespace {

using Rows = std::vector<std::vector<TokenId>>;

model::Shape shape_of(const std::string& activation, bool pre_norm) {
  model::Shape shape = tiny_shape();
  shape.activation = activation;
  shape.pre_norm = pre_norm;
  return shape;
}

class EveryKind : public testing::TestWithParam<std::tuple<std::string, bool>> {
 protected:
  model::Shape shape = shape_of(std::get<0>(GetParam()), std::get<1>(GetParam()));
};
INSTANTIATE_TEST_SUITE_P(Transformer, EveryKind,
                         testing::Combine(testing::Values("relu", "gelu", "silu", "swiglu"), testing::Bool()),
                         [](const auto& kind) {
                           return std::get<0>(kind.param) + (std::get<1>(kind.param) ? "PreNorm" : "PostNorm");
                         });

TEST_P(EveryKind, EqualsThePlainFormulaInABatch) { expect_plain<PlainTransformer>(shape); }

TEST_P(EveryKind, GradientsInSinglePrecisionEqualThoseInDouble) {
  const bool every_kernel =
      GetParam() != std::tuple("relu", false);  // one kind in sizes that are no multiples of the kernels' units
  if (every_kernel) {
    shape.d_model = 64;
    shape.d_feed_forward = 48;
  }
  const Padded source = padded(random_rows({3, 9, 17}, 1)), target = padded(random_rows({4, 18, 11}, 2));
  const auto gradients = [&](at::ScalarType type) {
    const auto network = tiny_network(shape, {0.2, 0.2, 0.2});
    network->to(type);
    network->train();
    network->seed_dropout(5);
    network->loss(*network->encode(source), target, {0.1}).total.backward();
    std::vector<Tensor> all;
    for (const Tensor& parameter : network->parameters()) all.push_back(parameter.grad().flatten().to(at::kDouble));
    return at::cat(all);
  };
  const Tensor exact = gradients(at::kDouble), fast = gradients(at::kFloat);
  EXPECT_LT((fast - exact).norm().item<double>(), 1e-5 * exact.norm().item<double>());
}

TEST(Transformer, LongSequencesGoBeyondThePositionTable) {
  const at::NoGradGuard no_gradient;
  const auto network = tiny_network();
  PlainTransformer plain(*network, tiny_shape());
  const Rows sources = random_rows({40}, 1), targets = random_rows({45}, 2);
  expect_close(network->log_probabilities(*network->encode(padded(sources)), padded(targets))[0],
               plain.log_probabilities(sources[0], targets[0]));
}

}  // namespace
}  // namespace mynah::nn
