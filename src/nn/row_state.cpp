#include "nn/row_state.h"

#include <utility>

namespace mynah::nn {

void RowState::reorder(std::span<const std::int64_t> parents) {
  const at::ArrayRef<std::int64_t> numbers(parents.data(), parents.size());
  const Tensor chosen = at::tensor(numbers, at::kLong).to(arrays_.at(0).device());
  for (Tensor& array : arrays_) array = array.index_select(0, chosen);
  source_.reorder(parents);
}

void RowState::append(State& other) {
  const auto& more = dynamic_cast<const RowState&>(other);
  for (std::size_t number = 0; number < arrays_.size(); ++number) {
    arrays_[number] = at::cat({arrays_[number], more.arrays_[number]});
  }
  source_.append(more.source_);
}

void RowState::keep_changes(const Tensor& chosen, const std::vector<Tensor>& before) {
  for (std::size_t number = 0; number < arrays_.size(); ++number) {
    Tensor& array = arrays_[number];
    std::vector<std::int64_t> sizes(static_cast<std::size_t>(array.dim()), 1);
    sizes[0] = -1;
    array = at::where(chosen.to(array.device()).view(sizes), array, before[number]);
  }
}

}  // namespace mynah::nn
