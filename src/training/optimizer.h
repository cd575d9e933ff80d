// All parameters at once: sum the gradients, clip them, step, and follow with a moving average.
#pragma once
#include <vector>

#include "training/flat_parameters.h"
#include "training/team.h"

namespace mynah::training {

struct OptimizerOptions {
  bool muon = false;      // hidden matrices learn by Muon
  bool bfloat16 = false;  // Muon's products of matrices
  double beta1 = 0.9, beta2 = 0.98, epsilon = 1e-9;
  double weight_decay = 0;           // of matrices, decoupled from the gradient (Loshchilov and Hutter 2019)
  double clip_norm = 0;              // largest norm of the whole gradient; 0: no limit
  double exponential_smoothing = 0;  // how far the average moves towards the weights each update; 0: no average
};

/// Adam (Kingma and Ba 2015), for hidden matrices Muon where that is wished. Every member of the team works on its own part of
/// the vector, in a fixed order of additions, so that equal inputs give equal bits. An update whose gradient is not finite
/// changes nothing and is counted.
class Optimizer {
 public:
  Optimizer(const FlatParameters& parameters, const OptimizerOptions& options);

  /// One update from the sum of the replicas' gradients, which are zero afterwards. The first belongs to `parameters`.
  void step(Team& team, const std::vector<nn::Tensor>& gradients, double learn_rate);

  /// The moving average, or the weights themselves where none is kept; [size], not a copy.
  const nn::Tensor& smoothed() const;
  /// The norm of the last gradient before clipping, a scalar on the device.
  const nn::Tensor& gradient_norm() const { return norm_; }
  /// Updates left out since this was last asked; waits for the device.
  std::int64_t take_lost();

  /// Everything but the weights: moments, steps, moving average.
  model::Weights state() const;
  /// An average that `state` lacks begins at the weights. Throws Error naming `where` when an array is missing or does not fit.
  void restore(const model::Weights& state, const std::string& where);

 private:
  void add_up(const std::vector<nn::Tensor>& gradients, Part part, nn::Tensor squared_norm);
  /// Muon's share of the vector comes first.
  std::int64_t adams_begin() const { return options_.muon ? parameters_.hidden() : 0; }
  void update(const nn::Tensor& gradient, Part part, double learn_rate);
  void update_hidden(const nn::Tensor& gradient, std::size_t member, std::size_t members, double learn_rate);
  void decay(nn::Tensor values, double learn_rate) const;
  /// Clears the gradients of a part, and lets its average follow.
  void conclude(const std::vector<nn::Tensor>& gradients, Part part);

  const FlatParameters& parameters_;
  OptimizerOptions options_;
  nn::Tensor values_, first_moment_, second_moment_, average_;  // the first moment is Muon's momentum where that is at work
  nn::Tensor steps_, norm_, scale_, not_finite_, lost_;         // scalars on the device
};

/// Exchanges the content of two vectors while it lives: the network computes with its moving average.
class Swapped {
 public:
  Swapped(nn::Tensor values, const nn::Tensor& other);
  ~Swapped();
  Swapped(const Swapped&) = delete;
  Swapped& operator=(const Swapped&) = delete;

 private:
  nn::Tensor values_, kept_;
};

}  // namespace mynah::training
