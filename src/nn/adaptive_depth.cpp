#include "nn/adaptive_depth.h"

namespace mynah::nn {
namespace {
constexpr double kEnough = 0.99;  // a probability of 1 would never be reached
constexpr double kHaste = 1;      // what the unit's bias would begin with
}  // namespace

HaltingImpl::HaltingImpl(std::int64_t d_model) : unit_(register_module("unit", Linear(d_model, 1))) {}

Tensor HaltingImpl::forward(const Tensor& x) { return unit_(x).squeeze(-1).to(x.scalar_type()).add(kHaste).sigmoid(); }

AdaptiveDepth::AdaptiveDepth(const Tensor& states, std::int64_t most_steps, const Halting& unit)
    : most_steps_(most_steps), unit_(unit), states_(states) {
  running_ = at::ones(states.sizes().slice(0, static_cast<std::size_t>(states.dim()) - 1), states.options().dtype(at::kBool));
  steps_ = at::zeros_like(running_, at::kLong);
  if (!unit_) return;
  spent_ = at::zeros_like(running_, states.options().requires_grad(false));
  remainders_ = spent_;
  mean_ = at::zeros_like(states);
}

void AdaptiveDepth::advance(const Tensor& inputs, const Tensor& outputs) {
  ++step_;
  if (!unit_) {
    states_ = outputs;
    steps_ = steps_ + 1;
    ended_ = step_ == most_steps_;
    return;
  }
  if (ended_) return;
  states_ = at::where(running_.unsqueeze(-1), outputs, states_);
  steps_ = steps_ + running_;
  halt(inputs);
  mean_ = mean_ + weights_.unsqueeze(-1) * states_;
  ended_ = !running_.any().item<bool>();
}

void AdaptiveDepth::halt(const Tensor& inputs) {
  const Tensor probabilities = unit_(inputs), nothing = at::zeros_like(spent_), rest = 1 - spent_;
  Tensor going_on = running_.logical_and(spent_ + probabilities <= kEnough);
  if (step_ == most_steps_) going_on = at::zeros_like(running_);
  const Tensor halting = running_.logical_and(going_on.logical_not());
  const Tensor last = at::where(halting, rest, nothing), share = at::where(going_on, probabilities, nothing);
  weights_ = share + last;
  spent_ = spent_ + share;
  remainders_ = remainders_ + last;
  running_ = going_on;
}

Refined AdaptiveDepth::refined() const {
  if (!unit_) return {states_, steps_, {}};
  return {mean_, steps_, remainders_.sum() + steps_.sum()};
}

}  // namespace mynah::nn
