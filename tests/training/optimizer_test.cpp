#include "training/optimizer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/error.h"
#include "reference_muon.h"
#include "toy_network.h"

namespace mynah::training {
namespace {

/// Adam with decoupled weight decay and clipping as the papers write it, in double precision.
struct ReferenceAdam {
  OptimizerOptions options;
  at::Tensor values, first, second, average;
  int steps = 0;

  ReferenceAdam(const OptimizerOptions& given, const at::Tensor& start)
      : options(given),
        values(start.to(at::kDouble).clone()),
        first(at::zeros_like(values)),
        second(at::zeros_like(values)),
        average(values.clone()) {}

  void step(at::Tensor gradient, double rate, std::int64_t matrices) {
    gradient = gradient.to(at::kDouble);
    const double norm = gradient.norm().item<double>();
    if (options.clip_norm > 0 && norm > options.clip_norm) gradient = gradient * (options.clip_norm / norm);
    ++steps;
    values.narrow(0, 0, matrices).mul_(1 - rate * options.weight_decay);
    first = options.beta1 * first + (1 - options.beta1) * gradient;
    second = options.beta2 * second + (1 - options.beta2) * gradient * gradient;
    const at::Tensor corrected = first / (1 - std::pow(options.beta1, steps));
    const at::Tensor spread = (second / (1 - std::pow(options.beta2, steps))).sqrt() + options.epsilon;
    values = values - rate * corrected / spread;
    average = average + (values - average) * std::max(options.exponential_smoothing, 9.0 / (steps + 9));
  }
};

at::Tensor gradient(std::int64_t size, int step, double scale) {
  return at::sin(at::arange(size, at::kFloat) * (0.3 + 0.1 * step)) * scale;
}

const OptimizerOptions kEverything{.weight_decay = 0.1, .clip_norm = 2, .exponential_smoothing = 0.05};

TEST(Optimizer, FollowsThePapersOnOneThreadAndOnThree) {
  for (const int members : {1, 3}) {
    ToyNetwork network;
    const FlatParameters flat(network);
    Team team(members);
    Optimizer optimizer(flat, kEverything);
    ReferenceAdam reference(kEverything, flat.values());
    for (int step = 0; step < 20; ++step) {
      const at::Tensor wanted = gradient(flat.size(), step, step % 3 == 0 ? 0.01 : 3);
      flat.gradients().copy_(wanted);
      optimizer.step(team, {flat.gradients()}, 0.01);
      reference.step(wanted, 0.01, flat.matrices());
      EXPECT_LT((flat.values() - reference.values).abs().max().item<double>(), 1e-5) << members << " threads, step " << step;
      EXPECT_LT((optimizer.smoothed() - reference.average).abs().max().item<double>(), 1e-5);
      EXPECT_NEAR(optimizer.gradient_norm().item<double>(), wanted.norm().item<double>(), 1e-4);
      EXPECT_EQ(flat.gradients().abs().sum().item<float>(), 0);
    }
  }
}

TEST(Optimizer, HiddenMatricesFollowMuonAndTheRestAdam) {
  for (const int members : {1, 3}) {
    OptimizerOptions options = kEverything;
    options.muon = true;
    ToyNetwork network;
    const FlatParameters flat(network);
    ASSERT_EQ(flat.hidden_of(flat.values()).size(), 1U);  // the table
    Team team(members);
    Optimizer optimizer(flat, options);
    ReferenceAdam adam(options, flat.values());
    ReferenceMuon muon{flat.hidden_of(flat.values())[0].to(at::kDouble).clone()};
    at::Tensor average = muon.values.clone();
    for (int step = 0; step < 20; ++step) {
      const at::Tensor wanted = gradient(flat.size(), step, step % 3 == 0 ? 0.01 : 3);
      flat.gradients().copy_(wanted);
      optimizer.step(team, {flat.gradients()}, 0.01);
      adam.step(wanted, 0.01, flat.matrices());
      muon.values = muon.values * (1 - 0.01 * options.weight_decay);
      muon.step(flat.hidden_of(wanted)[0].to(at::kDouble) * std::min(1.0, options.clip_norm / wanted.norm().item<double>()),
                0.01);
      average = average + (muon.values - average) * std::max(options.exponential_smoothing, 9.0 / (step + 10));
      const auto difference = [](const at::Tensor& a, const at::Tensor& b) { return (a - b).abs().max().item<double>(); };
      const std::int64_t rest = flat.size() - flat.hidden();
      EXPECT_LT(difference(flat.hidden_of(flat.values())[0], muon.values), 1e-4) << members << " threads, step " << step;
      EXPECT_LT(difference(flat.hidden_of(optimizer.smoothed())[0], average), 1e-4);
      EXPECT_LT(difference(flat.values().narrow(0, flat.hidden(), rest), adam.values.narrow(0, flat.hidden(), rest)), 1e-5);
      EXPECT_EQ(flat.gradients().abs().sum().item<float>(), 0);
    }
  }
}

TEST(Optimizer, AddsUpReplicasInOrder) {
  ToyNetwork one, other, both;
  const FlatParameters first(one), second(other, first), alone(both);
  Team team(2), single(1);
  Optimizer shared(first, {}), reference(alone, {});
  first.gradients().copy_(gradient(first.size(), 1, 1));
  second.gradients().copy_(gradient(first.size(), 2, 1));
  alone.gradients().copy_(first.gradients() + second.gradients());
  shared.step(team, {first.gradients(), second.gradients()}, 0.1);
  reference.step(single, {alone.gradients()}, 0.1);
  EXPECT_TRUE(at::allclose(first.values(), alone.values(), 1e-6, 1e-7));
  EXPECT_EQ(second.gradients().abs().sum().item<float>(), 0);
}

class OfEitherKind : public testing::TestWithParam<bool> {
 protected:
  OfEitherKind() { options_.muon = GetParam(); }
  OptimizerOptions options_ = kEverything;
};
INSTANTIATE_TEST_SUITE_P(Optimizer, OfEitherKind, testing::Bool(),
                         [](const auto& kind) { return std::string(kind.param ? "Muon" : "Adam"); });

TEST_P(OfEitherKind, AnUpdateThatIsNotFiniteChangesNothingAndIsCounted) {
  ToyNetwork network;
  const FlatParameters flat(network);
  Team team(2);
  Optimizer optimizer(flat, options_);
  const at::Tensor before = flat.values().clone();
  for (const double bad : {std::numeric_limits<double>::infinity(), std::nan("")}) {
    flat.gradients().fill_(1);
    flat.gradients()[3].fill_(bad);
    optimizer.step(team, {flat.gradients()}, 0.1);
  }
  EXPECT_TRUE(at::equal(flat.values(), before));
  EXPECT_EQ(optimizer.take_lost(), 2);
  EXPECT_EQ(optimizer.take_lost(), 0);
  EXPECT_EQ(flat.gradients().abs().sum().item<float>(), 0);
  for (const auto& [name, array] : optimizer.state()) {
    for (const float value : model::to_float(array)) EXPECT_TRUE(std::isfinite(value)) << name;
  }
}

TEST_P(OfEitherKind, GoesOnFromItsStateBitForBit) {
  ToyNetwork network, copy;
  const FlatParameters flat(network), resumed(copy);
  Team team(2);
  Optimizer optimizer(flat, options_);
  const auto steps = [&](Optimizer& steps_of, const FlatParameters& parameters, int from, int to) {
    for (int step = from; step < to; ++step) {
      parameters.gradients().copy_(gradient(parameters.size(), step, 1));
      steps_of.step(team, {parameters.gradients()}, 0.01);
    }
  };
  steps(optimizer, flat, 0, 5);
  resumed.values().copy_(flat.values());
  Optimizer again(resumed, options_);
  again.restore(optimizer.state(), "here");
  steps(optimizer, flat, 5, 9);
  steps(again, resumed, 5, 9);
  const auto same = [&](const at::Tensor& one, const at::Tensor& other) {
    const model::Weights expected = flat.named(one), found = flat.named(other);  // gaps between parameters do not count
    for (const auto& [name, array] : expected) EXPECT_EQ(model::to_float(array), model::to_float(found.at(name))) << name;
  };
  same(flat.values(), resumed.values());
  same(optimizer.smoothed(), again.smoothed());
}

TEST(Optimizer, AnAverageThatWasNotKeptBeginsAtTheWeights) {
  ToyNetwork network;
  const FlatParameters flat(network);
  Optimizer without(flat, {}), with(flat, {.exponential_smoothing = 0.1});
  flat.values().mul_(3);
  with.restore(without.state(), "here");
  EXPECT_TRUE(at::equal(with.smoothed(), flat.values()));
  EXPECT_TRUE(without.smoothed().is_same(flat.values()));
}

TEST(Optimizer, MissingStateIsNamed) {
  ToyNetwork network;
  const FlatParameters flat(network);
  Optimizer optimizer(flat, {});
  model::Weights state = optimizer.state();
  state.erase("adam.steps");
  EXPECT_THROW(optimizer.restore(state, "here"), Error);
}

TEST(Swapped, GivesTheValuesBackBitForBit) {
  const at::Tensor values = gradient(100, 1, 1), other = gradient(100, 2, 1), before = values.clone();
  {
    const Swapped swapped(values, other);
    EXPECT_TRUE(at::equal(values, other));
  }
  EXPECT_TRUE(at::equal(values, before));
}

}  // namespace
}  // namespace mynah::training
