#include "nn/cnn.h"

#include <cmath>

#include "nn/row_state.h"
#include "plain_cnn.h"
#include "plain_comparison.h"
#include "tiny_models.h"

namespace mynah::nn {
namespace {

TEST(Cnn, EqualsThePlainFormulaInABatch) {
  model::Shape shape = tiny_cnn();
  expect_plain<PlainCnn>(shape);
  shape.cnn.kernel_width = 5;
  shape.d_model = 11;  // no kernel fits
  expect_plain<PlainCnn>(shape);
}

TEST(Cnn, PositionsBeyondTheTableAreLikeItsLast) {
  model::Shape shape = tiny_cnn();
  shape.max_positions = 4;
  expect_plain<PlainCnn>(shape, {7}, {8});
}

TEST(Cnn, RowsRememberAKernelsWidthHoweverMuchTheyHaveRead) {
  const at::NoGradGuard no_gradient;
  model::Shape shape = tiny_cnn();
  shape.cnn.kernel_width = 5;
  const auto network = tiny_network(shape);
  const auto state = network->start(*network->encode(padded(random_rows({3, 6}, 1))));
  auto& rows = dynamic_cast<RowState&>(*state);
  for (std::int64_t step = 0; step < 20; ++step) {
    ASSERT_EQ(rows.arrays().size(), 4U);  // three layers, then how much was read
    for (std::size_t layer = 0; layer < 3; ++layer) {
      EXPECT_EQ(rows.arrays()[layer].sizes(), (std::vector<std::int64_t>{2, 4 * 12}));
    }
    EXPECT_TRUE((rows.arrays()[3] == step).all().item<bool>());
    network->step(*state, at::tensor({step == 0 ? kPad : 5, step == 0 ? kPad : 9}, at::kLong));
  }
}

TEST(Cnn, InitialWeightsHaveThePapersSpread) {
  model::Shape shape = tiny_cnn();
  shape.vocabulary = 4000;
  shape.d_model = 64;
  shape.cnn.channels = 96;
  shape.max_positions = 512;
  const auto weights = build(shape, {.residual = 0.2}, 1)->named_parameters();
  const auto spread = [&](const char* name) { return weights[name].std().item<double>(); };
  EXPECT_NEAR(spread("embedding.weight"), 0.1, 0.002);
  EXPECT_NEAR(spread("decoder.positions.weight"), 0.1, 0.002);
  EXPECT_NEAR(spread("encoder.input.weight_v"), std::sqrt(0.8 / 64), 0.005);
  EXPECT_NEAR(spread("encoder.convolutions.0.weight_v"), std::sqrt(4 * 0.8 / (3 * 96)), 0.003);
  EXPECT_NEAR(spread("decoder.layers.0.convolution.weight_v"), std::sqrt(4 * 0.8 / (3 * 96)), 0.003);
  EXPECT_NEAR(spread("decoder.layers.0.query.weight_v"), std::sqrt(1.0 / 96), 0.005);
  EXPECT_TRUE((weights["decoder.output.bias"] == 0).all().item<bool>());
  expect_close(weights["decoder.output.weight_g"], weights["decoder.output.weight_v"].norm(2, 1));
}

}  // namespace
}  // namespace mynah::nn
