#include "training/optimizer.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "base/error.h"
#include "training/muon.h"

namespace mynah::training {

using nn::Tensor;

Optimizer::Optimizer(const FlatParameters& parameters, const OptimizerOptions& options)
    : parameters_(parameters), options_(options), values_(parameters.values()) {
  first_moment_ = at::zeros_like(values_);
  second_moment_ = at::zeros_like(values_);
  if (options_.exponential_smoothing > 0) average_ = values_.clone();
  steps_ = at::zeros({}, values_.options());
  norm_ = at::zeros({}, values_.options());
  lost_ = at::zeros({}, values_.options());
}

void Optimizer::step(Team& team, const std::vector<Tensor>& gradients, double learn_rate) {
  const at::NoGradGuard no_gradient;
  const Tensor squared_norms = at::zeros({team.size()}, values_.options());
  const auto part = [&](int member) { return part_of(values_.numel(), member, team.size()); };
  team.run([&](int member) { add_up(gradients, part(member), squared_norms[member]); });
  norm_ = squared_norms.sum().sqrt();
  scale_ = options_.clip_norm > 0 ? (norm_ / options_.clip_norm).clamp_min(1) : at::ones_like(norm_);
  not_finite_ = norm_.isfinite().logical_not().to(at::kFloat);
  steps_ += 1 - not_finite_;
  lost_ += not_finite_;
  team.run([&](int member) {
    if (options_.muon) {
      update_hidden(gradients[0], static_cast<std::size_t>(member), static_cast<std::size_t>(team.size()), learn_rate);
    }
    Part adams = part_of(values_.numel() - adams_begin(), member, team.size());
    adams.begin += adams_begin();
    update(gradients[0], adams, learn_rate);
  });
  team.run([&](int member) { conclude(gradients, part(member)); });
}

void Optimizer::add_up(const std::vector<Tensor>& gradients, Part part, Tensor squared_norm) {
  const at::NoGradGuard no_gradient;
  Tensor sum = gradients[0].narrow(0, part.begin, part.length);
  for (std::size_t replica = 1; replica < gradients.size(); ++replica) {
    sum.add_(gradients[replica].narrow(0, part.begin, part.length));
  }
  squared_norm.copy_(at::linalg_vector_norm(sum).square());
}

void Optimizer::update(const Tensor& gradient, Part part, double learn_rate) {
  const at::NoGradGuard no_gradient;
  const auto of = [&](const Tensor& flat) { return flat.narrow(0, part.begin, part.length); };
  const Tensor values = of(values_);
  decay(values.narrow(0, 0, std::clamp<std::int64_t>(parameters_.matrices() - part.begin, 0, part.length)), learn_rate);
  at::_fused_adam_({values}, {of(gradient)}, {of(first_moment_)}, {of(second_moment_)}, {}, {steps_}, learn_rate, options_.beta1,
                   options_.beta2, 0, options_.epsilon, false, false, scale_, not_finite_);
}

void Optimizer::update_hidden(const Tensor& gradient, std::size_t member, std::size_t members, double learn_rate) {
  const at::NoGradGuard no_gradient;
  const std::vector<Tensor> values = parameters_.hidden_of(values_), momenta = parameters_.hidden_of(first_moment_),
                            wanted = parameters_.hidden_of(gradient);
  for (std::size_t i = member; i < values.size(); i += members) {
    decay(values[i], learn_rate);
    muon_step(values[i], wanted[i] / scale_, momenta[i], learn_rate, 1 - not_finite_,
              options_.bfloat16 ? at::kBFloat16 : at::kFloat);
  }
}

void Optimizer::decay(Tensor values, double learn_rate) const {
  if (options_.weight_decay > 0) values.mul_(1 - (1 - not_finite_) * (learn_rate * options_.weight_decay));
}

void Optimizer::conclude(const std::vector<Tensor>& gradients, Part part) {
  const at::NoGradGuard no_gradient;
  const auto of = [&](const Tensor& flat) { return flat.narrow(0, part.begin, part.length); };
  for (const Tensor& gradient : gradients) of(gradient).zero_();
  if (!average_.defined()) return;
  of(average_).lerp_(of(values_), (9 / (steps_ + 9)).clamp_min(options_.exponential_smoothing));
}

const Tensor& Optimizer::smoothed() const { return average_.defined() ? average_ : values_; }

std::int64_t Optimizer::take_lost() {
  const auto lost = static_cast<std::int64_t>(lost_.item<float>());
  lost_.zero_();
  return lost;
}

model::Weights Optimizer::state() const {
  model::Weights state = parameters_.named(first_moment_, "adam.first_moment.");
  state.merge(parameters_.named(second_moment_, "adam.second_moment."));
  if (average_.defined()) state.merge(parameters_.named(average_, "average."));
  const Tensor steps = steps_.to(at::kCPU);
  state["adam.steps"] = model::make_array({steps.const_data_ptr<float>(), 1}, {1});
  return state;
}

void Optimizer::restore(const model::Weights& state, const std::string& where) {
  parameters_.assign(first_moment_, state, "adam.first_moment.", where);
  parameters_.assign(second_moment_, state, "adam.second_moment.", where);
  const auto first_average = state.lower_bound("average.");
  const bool has_average = first_average != state.end() && first_average->first.starts_with("average.");
  if (average_.defined() && has_average) parameters_.assign(average_, state, "average.", where);
  if (average_.defined() && !has_average) average_.copy_(values_);
  const auto steps = state.find("adam.steps");
  if (steps == state.end()) throw Error(concat(where, ": the array \"adam.steps\" is missing"));
  steps_.fill_(model::to_float(steps->second).at(0));
}

Swapped::Swapped(Tensor values, const Tensor& other) : values_(std::move(values)) {
  const at::NoGradGuard no_gradient;
  if (other.is_same(values_)) return;
  kept_ = values_.clone();
  values_.copy_(other);
}

Swapped::~Swapped() {
  const at::NoGradGuard no_gradient;
  if (kept_.defined()) values_.copy_(kept_);
}

}  // namespace mynah::training
