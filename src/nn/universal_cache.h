// What the universal transformer remembers while decoding: of every step, keys, values and what convolutions look back at.
#pragma once
#include <utility>

#include "nn/decoder_cache.h"
#include "nn/transition.h"

namespace mynah::nn {

/// Rows between steps; `keys_values` has a layer per recurrent step for self-attention, one for cross-attention.
class UniversalCache final : public State {
 public:
  UniversalCache(DecoderCache seen, std::vector<TransitionImpl::Recent> looked_back_at)
      : keys_values(std::move(seen)), recent(std::move(looked_back_at)) {}

  int rows() const override { return keys_values.rows(); }
  void reorder(std::span<const std::int64_t> parents) override;
  void append(State& other) override;

  DecoderCache keys_values;
  std::vector<TransitionImpl::Recent> recent;  // per recurrent step
};

}  // namespace mynah::nn
