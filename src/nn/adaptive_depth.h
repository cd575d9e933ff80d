// Adaptive computation time (Graves 2016): each position decides for itself how often one block is applied to it.
#pragma once
#include <cstdint>

#include "nn/linear.h"

namespace mynah::nn {

/// The halting unit: how much of a position's certainty a step brings.
class HaltingImpl : public torch::nn::Module {
 public:
  explicit HaltingImpl(std::int64_t d_model);

  /// What goes into a step, [..., d_model] → halting probabilities σ(unit(x) + 1), [...]: first steps tend to be long ones.
  Tensor forward(const Tensor& x);

 private:
  Linear unit_;
};
TORCH_MODULE(Halting);

/// What repeated steps made of the states.
struct Refined {
  Tensor states;  // [..., d_model]
  Tensor steps;   // [...] int64: how many steps each position took
  Tensor ponder;  // scalar with gradient: Σ over positions of steps + remainder (Graves 2016); undefined without halting
};

/// States to which one block is applied step by step. With a halting unit a position halts in the step that brings the sum of its
/// probabilities above 0.99, in the last one allowed at the latest: from then on its state is copied forward, and what comes out
/// is the mean of its states, weighted by the probabilities, the last by what is left of 1 (the remainder). Without a unit every
/// position takes all steps and the last state comes out.
class AdaptiveDepth {
 public:
  /// states [..., d_model]; `unit` may be null.
  AdaptiveDepth(const Tensor& states, std::int64_t most_steps, const Halting& unit);

  /// What the next step reads, before coordinates are added: [..., d_model]
  const Tensor& states() const { return states_; }
  std::int64_t step() const { return step_; }
  /// True when no position takes another step.
  bool ended() const { return ended_; }
  /// Positions that take part in the step under way, [...] bool.
  const Tensor& running() const { return running_; }

  /// One step read `inputs` and made `outputs` of them, both [..., d_model].
  void advance(const Tensor& inputs, const Tensor& outputs);
  Refined refined() const;

 private:
  void halt(const Tensor& inputs);

  std::int64_t most_steps_, step_ = 0;
  Halting unit_;
  Tensor states_, running_, steps_;
  Tensor spent_, weights_, mean_, remainders_;  // with a unit only
  bool ended_ = false;
};

}  // namespace mynah::nn
