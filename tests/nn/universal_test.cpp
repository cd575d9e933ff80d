#include "nn/universal.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "plain_universal.h"
#include "tiny_models.h"

namespace mynah::nn {
namespace {

using Rows = std::vector<std::vector<TokenId>>;

std::vector<Kind> universal_kinds() {
  std::vector<Kind> kinds = every_kind();
  std::erase_if(kinds, [](const Kind& kind) { return kind.shape.type != "universal"; });
  return kinds;
}

class EveryUniversal : public testing::TestWithParam<Kind> {
 protected:
  model::Shape shape = GetParam().shape;
};
INSTANTIATE_TEST_SUITE_P(Universal, EveryUniversal, testing::ValuesIn(universal_kinds()),
                         [](const auto& kind) { return kind.param.name; });

std::vector<int> numbers(const Tensor& x) {
  const Tensor plain = x.to(at::kInt).contiguous();
  return {plain.const_data_ptr<int>(), plain.const_data_ptr<int>() + plain.numel()};
}

TEST_P(EveryUniversal, EqualsThePlainReferenceInABatch) {
  const at::NoGradGuard no_gradient;
  const auto network = tiny_network(shape);
  PlainUniversal plain(*network, shape);
  const Rows sources = random_rows({5, 1, 9}, 1), targets = random_rows({4, 7, 1}, 2);
  const auto memory = network->encode(padded(sources));
  const Tensor all = network->log_probabilities(*memory, padded(targets));
  const Inside inside = network->inside(*memory, padded(targets));
  std::set<int> taken;
  for (std::size_t pair = 0; pair < sources.size(); ++pair) {
    const auto row = static_cast<std::int64_t>(pair);
    const auto length = static_cast<std::int64_t>(targets[pair].size()), width = static_cast<std::int64_t>(sources[pair].size());
    expect_close(all[row].narrow(0, 0, length), plain.log_probabilities(sources[pair], targets[pair]));
    EXPECT_EQ(numbers(inside.encoder_steps[row].narrow(0, 0, width)), plain.encoder_steps);
    EXPECT_EQ(numbers(inside.decoder_steps[row].narrow(0, 0, length)), plain.decoder_steps);
    EXPECT_EQ(inside.decoder_steps[row].narrow(0, length, 7 - length).sum().item<int>(), 0);
    taken.insert(plain.encoder_steps.begin(), plain.encoder_steps.end());
    taken.insert(plain.decoder_steps.begin(), plain.decoder_steps.end());
  }
  if (shape.universal.halting) {
    EXPECT_GE(taken.size(), 3U);  // the sentences put halting to the test
  } else {
    EXPECT_EQ(taken, (std::set<int>{5, 6}));
  }
}

TEST_P(EveryUniversal, TheLossHoldsThePonderCost) {
  const auto network = tiny_network(shape);
  PlainUniversal plain(*network, shape);
  const Rows sources = random_rows({5, 1, 7}, 1), targets = random_rows({4, 6, 1}, 2);
  const auto memory = network->encode(padded(sources));
  const Loss loss = network->loss(*memory, padded(targets), {.label_smoothing = 0.2, .ponder_weight = 0.3});
  const Loss without = network->loss(*memory, padded(targets), {.label_smoothing = 0.2});
  double ponder = 0;
  for (std::size_t pair = 0; pair < sources.size(); ++pair) {
    plain.log_probabilities(sources[pair], targets[pair]);
    ponder += plain.ponder;
  }
  EXPECT_NEAR(loss.total.item<double>(), without.total.item<double>() + 0.3 * ponder, 1e-3);
  EXPECT_EQ(loss.cross_entropy.item<double>(), without.cross_entropy.item<double>());
  ASSERT_EQ(loss.parts.size(), shape.universal.halting ? 1U : 0U);
  if (!shape.universal.halting) return;
  EXPECT_EQ(loss.parts[0].first, "ponder");
  EXPECT_NEAR(loss.parts[0].second.item<double>(), ponder, 1e-3);
}

/// Of the ponder cost with respect to the halting units.
void expect_gradient_is_a_finite_difference(const model::Shape& shape) {
  const auto network = tiny_network(shape);
  network->to(at::kDouble);
  const Padded source = padded(random_rows({9, 12}, 1)), target = padded(random_rows({14, 8}, 2));
  const auto ponder = [&] { return network->loss(*network->encode(source), target, {}).parts.at(0).second; };
  ponder().backward();
  for (const auto& entry : network->named_parameters()) {
    if (entry.key().find(".halting.") == std::string::npos) continue;
    Tensor parameter = entry.value();
    const double expected = parameter.grad().sum().item<double>(), step = 1e-6;
    EXPECT_GT(std::abs(expected), 1e-3) << entry.key();
    const at::NoGradGuard no_gradient;
    parameter.add_(step);
    const double above = ponder().item<double>();
    parameter.add_(-2 * step);
    const double below = ponder().item<double>();
    parameter.add_(step);
    EXPECT_NEAR((above - below) / (2 * step), expected, 1e-6 * (1 + std::abs(expected))) << entry.key();
  }
}

TEST(Universal, GradientsOfThePonderCostAreFiniteDifferences) {
  for (const Kind& kind : universal_kinds()) {
    if (kind.shape.universal.halting) expect_gradient_is_a_finite_difference(kind.shape);
  }
}

TEST_P(EveryUniversal, StepsGoOnBehindBeginningsOfDifferentLengths) {
  const at::NoGradGuard no_gradient;
  const auto network = tiny_network(shape);
  const Rows targets = random_rows({9, 9}, 2);
  const auto memory = network->encode(padded(random_rows({5, 7}, 1)));
  const Tensor all = network->log_probabilities(*memory, padded(targets));
  const auto state = network->start(*memory);
  network->read(*state, padded({{kPad, targets[0][0], targets[0][1], targets[0][2], targets[0][3]}, {kPad}}));
  for (std::size_t step = 0; step < 3; ++step) {
    const Tensor tokens = at::tensor({targets[0][4 + step], targets[1][step]}, at::kLong);
    const auto place = static_cast<std::int64_t>(step);
    expect_close(network->step(*state, tokens).log_softmax(-1), at::stack({all[0][5 + place], all[1][1 + place]}));
  }
}

TEST(Universal, LongSequencesGoBeyondThePositionTable) {
  const at::NoGradGuard no_gradient;
  const model::Shape shape = universal_kinds().back().shape;
  const auto network = tiny_network(shape);
  PlainUniversal plain(*network, shape);
  const Rows sources = random_rows({40}, 1), targets = random_rows({45}, 2);
  expect_close(network->log_probabilities(*network->encode(padded(sources)), padded(targets))[0],
               plain.log_probabilities(sources[0], targets[0]));
}

TEST(Universal, WeightNamesAreFrozen) {
  const auto names = [](const char* transition) {
    model::Shape shape = tiny_shape();
    shape.type = "universal";
    shape.pre_norm = true;
    shape.universal = {true, transition};
    std::set<std::string> all;
    for (const auto& [name, array] : weights_of(*build(shape, kNoDropout, 1))) {
      if (name.starts_with("decoder.") && !name.ends_with(".bias")) all.insert(name.substr(8));
    }
    return all;
  };
  const auto with = [](std::initializer_list<std::string> transition) {
    std::set<std::string> all = {"cross_attention.key.weight",
                                 "cross_attention.output.weight",
                                 "cross_attention.query.weight",
                                 "cross_attention.value.weight",
                                 "cross_attention_norm.weight",
                                 "halting.unit.weight",
                                 "norm.weight",
                                 "self_attention.key.weight",
                                 "self_attention.output.weight",
                                 "self_attention.query.weight",
                                 "self_attention.value.weight",
                                 "self_attention_norm.weight",
                                 "transition_norm.weight"};
    for (const std::string& name : transition) all.insert("transition." + name);
    return all;
  };
  EXPECT_EQ(names("feed-forward"), with({"feed_forward.inner.weight", "feed_forward.outer.weight"}));
  EXPECT_EQ(names("separable-convolution"),
            with({"inner.depthwise", "inner.pointwise.weight", "outer.depthwise", "outer.pointwise.weight"}));
}

}  // namespace
}  // namespace mynah::nn
