#include "nn/rnn.h"

#include "plain_comparison.h"
#include "plain_rnn.h"
#include "tiny_models.h"

namespace mynah::nn {
namespace {

std::vector<Kind> rnns() {
  std::vector<Kind> kinds;
  for (const Kind& kind : every_kind()) {
    if (kind.shape.type == "rnn") kinds.push_back(kind);
  }
  return kinds;
}

class EveryRnn : public testing::TestWithParam<Kind> {};
INSTANTIATE_TEST_SUITE_P(Rnn, EveryRnn, testing::ValuesIn(rnns()), [](const auto& kind) { return kind.param.name; });

TEST_P(EveryRnn, EqualsThePlainFormulaInABatch) { expect_plain<PlainRnn>(GetParam().shape); }

TEST(Rnn, ForgetGatesBeginOpen) {
  const auto weights = build(tiny_rnn(), kNoDropout, 1)->named_parameters();
  for (const char* name : {"encoder.layers.1.backwards.input.bias", "decoder.layers.0.input.bias"}) {
    const std::int64_t width = weights[name].size(0) / 4;
    EXPECT_TRUE((weights[name].narrow(0, width, width) == 1).all().item<bool>());
    EXPECT_EQ(weights[name].sum().item<float>(), static_cast<float>(width));
  }
  EXPECT_EQ(
      build(tiny_rnn("additive", "gru"), kNoDropout, 1)->named_parameters()["decoder.layers.0.input.bias"].sum().item<float>(),
      0);
}

}  // namespace
}  // namespace mynah::nn
