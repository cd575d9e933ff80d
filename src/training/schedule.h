// The learning rate as a function of how far training has come.
#pragma once
#include <string>
#include <vector>

#include "training/span.h"

namespace mynah::training {

enum class Decay { inverse_square_root, linear, cosine, constant };

/// Throws UsageError listing the names.
Decay parse_decay(const std::string& name);

/// The smaller of a linear rise to `peak` over `warmup` and a decay: with the inverse square root (Vaswani et al. 2017), or in a
/// line or half a cosine to zero at `end` (the first of these limits that is reached), or none.
struct Schedule {
  Decay decay = Decay::inverse_square_root;
  double peak = 0;
  Span warmup;
  std::vector<Span> end;

  /// The rate of the update that leads to `standing`.
  double learn_rate(const Standing& standing) const;
};

}  // namespace mynah::training
