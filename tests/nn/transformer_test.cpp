#include "nn/transformer.h"

#include <cmath>

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

TEST_P(EveryKind, EqualsThePlainFormulaInABatch) {
  const at::NoGradGuard no_gradient;
  const auto network = tiny_network(shape);
  PlainTransformer plain(*network, shape);
  const Rows sources = random_rows({5, 1, 7}, 1), targets = random_rows({4, 6, 1}, 2);
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

/// −Σ q log p by the definition, from log-probabilities: the oracle of loss().
double smoothed_loss(const Tensor& log_probabilities, const Rows& targets, double smoothing) {
  double sum = 0;
  for (std::size_t row = 0; row < targets.size(); ++row) {
    for (std::size_t place = 0; place < targets[row].size(); ++place) {
      const Tensor of_place = log_probabilities[static_cast<std::int64_t>(row)][static_cast<std::int64_t>(place)];
      sum -= (1 - smoothing) * of_place[targets[row][place]].item<double>();
      sum -= smoothing * of_place.narrow(0, 0, kPad).mean().item<double>();
    }
  }
  return sum;
}

TEST_P(EveryKind, LossIsTheDefinitionOverRealTokens) {
  const auto network = tiny_network(shape);
  const Rows targets = random_rows({4, 6, 1}, 2);
  const auto memory = network->encode(padded(random_rows({5, 1, 7}, 1)));
  const Tensor all = network->log_probabilities(*memory, padded(targets)).detach();
  const Loss loss = network->loss(*memory, padded(targets), {0.2});
  EXPECT_EQ(loss.tokens, 11);
  EXPECT_NEAR(loss.total.item<double>(), smoothed_loss(all, targets, 0.2), 1e-3);
  EXPECT_NEAR(loss.cross_entropy.item<double>(), smoothed_loss(all, targets, 0), 1e-3);
}

TEST_P(EveryKind, GradientsAreFiniteDifferences) {
  const auto network = tiny_network(shape, {0.2, 0.2, 0.2});
  network->to(at::kDouble);
  network->train();
  network->seed_dropout(5);
  const Padded source = padded(random_rows({3, 5}, 1)), target = padded(random_rows({4, 2}, 2));
  const auto loss = [&] { return network->loss(*network->encode(source), target, {0.1}).total; };
  loss().backward();
  const at::Generator generator = at::make_generator<at::CPUGeneratorImpl>(3);
  for (const auto& entry : network->named_parameters()) {
    Tensor parameter = entry.value();
    Tensor direction = at::randn(parameter.sizes(), generator, parameter.options().requires_grad(false));
    if (entry.key() == "embedding.weight") direction[-1].zero_();
    const double expected = (parameter.grad() * direction).sum().item<double>();
    const at::NoGradGuard no_gradient;
    const double step = 1e-6;
    parameter.add_(direction, step);
    const double above = loss().item<double>();
    parameter.add_(direction, -2 * step);
    const double below = loss().item<double>();
    parameter.add_(direction, step);
    EXPECT_NEAR((above - below) / (2 * step), expected, 1e-6 * (1 + std::abs(expected))) << entry.key();
  }
  EXPECT_TRUE((network->named_parameters()["embedding.weight"].grad()[-1] == 0).all().item<bool>());
  EXPECT_EQ(network->named_parameters()["output_bias"].grad()[-1].item<double>(), 0);
}

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

TEST_P(EveryKind, AChangedLaterTokenChangesNoEarlierOutput) {
  const at::NoGradGuard no_gradient;
  const auto network = tiny_network(shape);
  Rows targets = random_rows({9, 9}, 2);
  const auto memory = network->encode(padded(random_rows({5, 8}, 1)));
  const Tensor before = network->log_probabilities(*memory, padded(targets));
  targets[0][5] = targets[0][5] % (kPad - 1) + 1;
  const Tensor after = network->log_probabilities(*memory, padded(targets));
  EXPECT_TRUE(at::equal(before[0].narrow(0, 0, 6), after[0].narrow(0, 0, 6)));  // output 6 is the first that read token 5
  EXPECT_FALSE(at::equal(before[0][6], after[0][6]));
  EXPECT_TRUE(at::equal(before[1], after[1]));
}

TEST_P(EveryKind, ASentenceAloneEqualsTheSameInABatch) {
  const at::NoGradGuard no_gradient;
  const auto network = tiny_network(shape);
  const Rows sources = random_rows({2, 12, 7}, 1), targets = random_rows({3, 11, 6}, 2);
  const Tensor together = network->log_probabilities(*network->encode(padded(sources)), padded(targets));
  for (std::size_t pair = 0; pair < sources.size(); ++pair) {
    const Tensor alone = network->log_probabilities(*network->encode(padded({sources[pair]})), padded({targets[pair]}));
    expect_close(together[static_cast<std::int64_t>(pair)].narrow(0, 0, alone.size(1)), alone[0]);
  }
}

Tensor next_tokens(const Rows& inputs, const std::vector<std::size_t>& places) {
  std::vector<std::int64_t> tokens;
  for (std::size_t row = 0; row < inputs.size(); ++row) tokens.push_back(inputs[row][places[row]]);
  return at::tensor(tokens, at::kLong);
}

/// What the decoder reads for these targets.
Rows inputs_of(const Rows& targets) {
  Rows inputs = targets;
  for (auto& row : inputs) {
    row.insert(row.begin(), kPad);
    row.pop_back();
  }
  return inputs;
}

TEST_P(EveryKind, CachedStepsEqualTheFullPass) {
  const at::NoGradGuard no_gradient;
  const auto network = tiny_network(shape);
  const Rows targets = random_rows({20, 20, 20}, 2);
  const auto memory = network->encode(padded(random_rows({5, 1, 7}, 1)));
  const Tensor all = network->log_probabilities(*memory, padded(targets));
  const auto state = network->start(*memory);
  for (std::size_t place = 0; place < 20; ++place) {
    const Tensor logits = network->step(*state, next_tokens(inputs_of(targets), {place, place, place}));
    expect_close(logits.log_softmax(-1), all.select(1, static_cast<std::int64_t>(place)));
  }
}

TEST(Transformer, RowsAtDifferentPositionsMoveAndJoin) {
  const at::NoGradGuard no_gradient;
  const auto network = tiny_network();
  const Rows sources = random_rows({5, 2, 7}, 1), targets = random_rows({8, 8, 8}, 2), inputs = inputs_of(targets);
  const Tensor all = network->log_probabilities(*network->encode(padded(sources)), padded(targets));
  const auto step = [&](State& state, const std::vector<std::pair<std::size_t, std::size_t>>& rows) {
    Rows rows_inputs;
    std::vector<std::size_t> places;
    std::vector<Tensor> expected;
    for (const auto& [pair, place] : rows) {
      rows_inputs.push_back(inputs[pair]);
      places.push_back(place);
      expected.push_back(all[static_cast<std::int64_t>(pair)][static_cast<std::int64_t>(place)]);
    }
    expect_close(network->step(state, next_tokens(rows_inputs, places)).log_softmax(-1), at::stack(expected));
  };
  const auto state = network->start(*network->encode(padded({sources[0], sources[1]})));
  step(*state, {{0, 0}, {1, 0}});
  step(*state, {{0, 1}, {1, 1}});
  const auto late = network->start(*network->encode(padded({sources[2]})));
  state->append(*late);
  step(*state, {{0, 2}, {1, 2}, {2, 0}});
  state->reorder(std::vector<std::int64_t>{2, 0, 0, 1, 2});
  step(*state, {{2, 1}, {0, 3}, {0, 3}, {1, 3}, {2, 1}});
  state->reorder(std::vector<std::int64_t>{4, 2});  // sentence 1 is gone
  step(*state, {{2, 2}, {0, 4}});
}

TEST(Transformer, ReadsBeginningsOfDifferentLengthsInOnePass) {
  const at::NoGradGuard no_gradient;
  const auto network = tiny_network();
  const Rows targets = random_rows({8, 8, 8}, 2), inputs = inputs_of(targets);
  const auto memory = network->encode(padded(random_rows({5, 2, 7}, 1)));
  const Tensor all = network->log_probabilities(*memory, padded(targets));
  const auto state = network->start(*memory);
  network->read(*state, padded({{inputs[0].begin(), inputs[0].begin() + 4}, {}, {inputs[2].begin(), inputs[2].begin() + 1}}));
  const Tensor logits = network->step(*state, next_tokens(inputs, {4, 0, 1}));
  expect_close(logits.log_softmax(-1), at::stack({all[0][4], all[1][0], all[2][1]}));
}

TEST(Transformer, DropoutIsAFunctionOfItsSeed) {
  const auto network = tiny_network(tiny_shape(), {0.3, 0.3, 0.3});
  network->train();
  const Padded source = padded(random_rows({5, 7}, 1)), target = padded(random_rows({6, 6}, 2));
  const auto loss = [&](std::uint64_t seed) {
    network->seed_dropout(seed);
    return network->loss(*network->encode(source), target, {0.1}).total.item<float>();
  };
  const float first = loss(1);
  EXPECT_NE(first, loss(2));
  torch::manual_seed(9);
  EXPECT_EQ(first, loss(1));
  network->eval();
  EXPECT_EQ(loss(1), loss(2));
}

TEST(Transformer, GradientsOfPartsOfABatchAddUp) {
  const auto network = tiny_network();
  const Rows sources = random_rows({5, 3, 7, 4}, 1), targets = random_rows({6, 2, 5, 9}, 2);
  const auto add_gradients = [&](std::size_t begin, std::size_t end) {
    const auto part = [&](const Rows& rows) {
      return padded({rows.begin() + static_cast<std::ptrdiff_t>(begin), rows.begin() + static_cast<std::ptrdiff_t>(end)});
    };
    network->loss(*network->encode(part(sources)), part(targets), {0.1}).total.backward();
  };
  add_gradients(0, 4);
  std::vector<Tensor> whole;
  for (const Tensor& parameter : network->parameters()) whole.push_back(parameter.grad().clone());
  network->zero_grad();
  add_gradients(0, 2);
  add_gradients(2, 4);
  const auto parameters = network->parameters();
  for (std::size_t number = 0; number < whole.size(); ++number) expect_close(parameters[number].grad(), whole[number], 1e-4);
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
