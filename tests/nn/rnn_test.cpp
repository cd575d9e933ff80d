#include "nn/rnn.h"

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

TEST_P(EveryRnn, EqualsThePlainFormulaInABatch) {
  const at::NoGradGuard no_gradient;
  const auto network = tiny_network(GetParam().shape);
  PlainRnn plain(*network, GetParam().shape);
  const auto sources = random_rows({5, 1, 7}, 1), targets = random_rows({4, 6, 1}, 2);
  const auto memory = network->encode(padded(sources));
  const Tensor all = network->log_probabilities(*memory, padded(targets));
  const Tensor attention = network->inside(*memory, padded(targets)).attention;
  for (std::size_t pair = 0; pair < sources.size(); ++pair) {
    const auto row = static_cast<std::int64_t>(pair);
    const auto length = static_cast<std::int64_t>(targets[pair].size()), width = static_cast<std::int64_t>(sources[pair].size());
    const Tensor expected = plain.log_probabilities(sources[pair], targets[pair]);
    expect_close(all[row].narrow(0, 0, length), expected);
    expect_close(attention[row].narrow(0, 0, length).narrow(1, 0, width), plain.attention);
  }
}

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
