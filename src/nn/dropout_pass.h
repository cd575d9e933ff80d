// Where the randomness of a forward pass comes from: passed in, so that modules hold parameters only.
#pragma once
#include <cstdint>

#include "base/random.h"

namespace mynah::nn {

/// Dropout rates and other randomness while training; not stored with the model.
struct Dropout {
  double residual = 0.1;             // behind each sub-layer and on embeddings
  double attention = 0;              // on attention weights
  double feed_forward = 0;           // behind the activation
  std::int64_t position_offset = 0;  // a pair's positions begin at a random one of 0 … position_offset
};

/// The dropout of one forward pass: the rates, and a seed of its own for every place, in the order the pass comes by.
class DropoutPass {
 public:
  /// A pass without dropout.
  DropoutPass() : DropoutPass(Dropout{0, 0, 0, 0}, 0) {}
  DropoutPass(const Dropout& rates, std::uint64_t seed) : rates_(rates), seed_(seed) {}

  const Dropout& rates() const { return rates_; }
  std::uint64_t next_seed() { return mix64(seed_ ^ mix64(place_++)); }

 private:
  Dropout rates_;
  std::uint64_t seed_;
  std::uint64_t place_ = 0;
};

}  // namespace mynah::nn
