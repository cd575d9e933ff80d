#include "nn/recent_inputs.h"

#include <ATen/ATen.h>

namespace mynah::nn {

RecentInputs::RecentInputs(std::int64_t rows, std::int64_t count, std::int64_t features, const Tensor& like)
    : values_(at::zeros({rows, count, features}, like.options().requires_grad(false))) {}

Tensor RecentInputs::extend(const Tensor& fresh, const Tensor& counts) {
  const Tensor all = at::cat({values_, fresh}, 1);
  const Tensor kept = counts.unsqueeze(1) + at::arange(values_.size(1), at::kLong);  // [rows, count]
  values_ = all.gather(1, kept.to(all.device()).unsqueeze(2).expand({-1, -1, all.size(2)}));
  return all;
}

void RecentInputs::reorder(const Tensor& parents) {
  if (values_.defined()) values_ = values_.index_select(0, parents.to(values_.device()));
}

void RecentInputs::append(const RecentInputs& other) {
  if (values_.defined()) values_ = at::cat({values_, other.values_});
}

}  // namespace mynah::nn
