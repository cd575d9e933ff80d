// Where and when a shared block is applied: the universal transformer's position and time-step signals (Dehghani et al. 2019).
#pragma once
#include "nn/embedding.h"

namespace mynah::nn {

/// Sinusoids of position and step, added to the states before every step; steps are counted from 1 as in the paper.
class Coordinates {
 public:
  /// `positions` [...] int64 on the CPU, counted from 0.
  Coordinates(EmbeddingImpl& embedding, const Tensor& positions, std::int64_t most_steps)
      : places_(embedding.places(positions)), times_(embedding.places(at::arange(1, most_steps + 1, at::kLong))) {}

  /// states [..., d_model] before step `step`, the first of which is 0 → the same
  Tensor add_to(const Tensor& states, std::int64_t step) const { return states + (places_ + times_.select(0, step)); }

 private:
  Tensor places_, times_;  // [..., d_model], [steps, d_model]
};

}  // namespace mynah::nn
