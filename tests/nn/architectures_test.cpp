// What every architecture owes training and search, whatever is inside.
#include <cmath>
#include <set>

#include "base/error.h"
#include "model/layout.h"
#include "nn/sequence_model.h"
#include "tiny_models.h"

namespace mynah::nn {
namespace {

using Rows = std::vector<std::vector<TokenId>>;

class Architectures : public testing::TestWithParam<Kind> {
 protected:
  model::Shape shape = GetParam().shape;
};
INSTANTIATE_TEST_SUITE_P(All, Architectures, testing::ValuesIn(every_kind()), [](const auto& kind) { return kind.param.name; });

TEST(ArchitecturesTest, EveryTypeIsAmongThem) {
  std::set<std::string> types, tested;
  for (const std::string& name : model::known_types()) types.insert(model::canonical_type(name));
  for (const Kind& kind : every_kind()) tested.insert(kind.shape.type);
  EXPECT_EQ(tested, types);
}

TEST_P(Architectures, TheirArraysAreThoseThatFilesHold) {
  model::Layout arrays;
  for (const auto& [name, array] : weights_of(*build(shape, kNoDropout, 1))) arrays[name] = array.shape;
  EXPECT_EQ(arrays, model::layout_of(shape));
}

TEST_P(Architectures, EqualSeedsGiveEqualWeightsWhateverTheGlobalGenerator) {
  torch::manual_seed(1);
  const auto first = build(shape, kNoDropout, 5);
  torch::manual_seed(2);
  const auto again = build(shape, kNoDropout, 5), other = build(shape, kNoDropout, 6);
  const auto a = first->named_parameters(), b = again->named_parameters(), c = other->named_parameters();
  for (const auto& entry : a) EXPECT_TRUE(at::equal(entry.value(), b[entry.key()])) << entry.key();
  EXPECT_FALSE(at::equal(a["embedding.weight"], c["embedding.weight"]));
  EXPECT_TRUE((a["embedding.weight"][-1] == 0).all().item<bool>());
}

TEST_P(Architectures, WeightsTravelUnchanged) {
  const auto network = tiny_network(shape);
  const auto other = build(shape, weights_of(*network));
  EXPECT_FALSE(other->is_training());
  for (const auto& entry : network->named_parameters()) {
    EXPECT_TRUE(at::equal(entry.value(), other->named_parameters()[entry.key()])) << entry.key();
  }
}

TEST_P(Architectures, AttentionIsAShareOfEachSourceToken) {
  const at::NoGradGuard no_gradient;
  const auto network = tiny_network(shape);
  const auto memory = network->encode(padded(random_rows({5, 1, 7}, 1)));
  const Tensor attention = network->inside(*memory, padded(random_rows({4, 6, 1}, 2))).attention;
  ASSERT_EQ(attention.sizes(), (std::vector<std::int64_t>{3, 6, 7}));
  expect_close(attention[0].narrow(0, 0, 4).sum(1), at::ones(4));
  EXPECT_TRUE((attention[0].narrow(0, 0, 4).narrow(1, 5, 2) == 0).all().item<bool>());
  expect_close(attention[1].select(1, 0), at::ones(6));
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

TEST_P(Architectures, LossIsTheDefinitionOverRealTokens) {
  const auto network = tiny_network(shape);
  const Rows targets = random_rows({4, 6, 1}, 2);
  const auto memory = network->encode(padded(random_rows({5, 1, 7}, 1)));
  const Tensor all = network->log_probabilities(*memory, padded(targets)).detach();
  const Loss loss = network->loss(*memory, padded(targets), {0.2});
  EXPECT_EQ(loss.tokens, 11);
  EXPECT_NEAR(loss.total.item<double>(), smoothed_loss(all, targets, 0.2), 1e-3);
  EXPECT_NEAR(loss.cross_entropy.item<double>(), smoothed_loss(all, targets, 0), 1e-3);
}

TEST_P(Architectures, GradientsAreFiniteDifferences) {
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

TEST_P(Architectures, AChangedLaterTokenChangesNoEarlierOutput) {
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

TEST_P(Architectures, ASentenceAloneEqualsTheSameInABatch) {
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

TEST_P(Architectures, CachedStepsEqualTheFullPass) {
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

TEST_P(Architectures, RowsAtDifferentPositionsMoveAndJoin) {
  const at::NoGradGuard no_gradient;
  const auto network = tiny_network(shape);
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

TEST_P(Architectures, ReadsBeginningsOfDifferentLengthsInOnePass) {
  const at::NoGradGuard no_gradient;
  const auto network = tiny_network(shape);
  const Rows targets = random_rows({8, 8, 8}, 2), inputs = inputs_of(targets);
  const auto memory = network->encode(padded(random_rows({5, 2, 7}, 1)));
  const Tensor all = network->log_probabilities(*memory, padded(targets));
  const auto state = network->start(*memory);
  network->read(*state, padded({{inputs[0].begin(), inputs[0].begin() + 4}, {}, {inputs[2].begin(), inputs[2].begin() + 1}}));
  const Tensor logits = network->step(*state, next_tokens(inputs, {4, 0, 1}));
  expect_close(logits.log_softmax(-1), at::stack({all[0][4], all[1][0], all[2][1]}));
}

TEST_P(Architectures, DropoutIsAFunctionOfItsSeed) {
  const auto network = tiny_network(shape, {0.3, 0.3, 0.3});
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

TEST_P(Architectures, GradientsOfPartsOfABatchAddUp) {
  const auto network = tiny_network(shape);
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

}  // namespace
}  // namespace mynah::nn
