#include "nn/universal_cache.h"

namespace mynah::nn {

void UniversalCache::reorder(std::span<const std::int64_t> parents) {
  keys_values.reorder(parents);
  const Tensor chosen = at::tensor(at::ArrayRef<std::int64_t>(parents.data(), parents.size()), at::kLong);
  for (TransitionImpl::Recent& step : recent) {
    step.inputs.reorder(chosen);
    step.inner.reorder(chosen);
  }
}

void UniversalCache::append(State& other) {
  auto& more = dynamic_cast<UniversalCache&>(other);
  keys_values.append(more.keys_values);
  for (std::size_t step = 0; step < recent.size(); ++step) {
    recent[step].inputs.append(more.recent[step].inputs);
    recent[step].inner.append(more.recent[step].inner);
  }
}

}  // namespace mynah::nn
