#include "nn/segments.h"

#include "nn/torch.h"

namespace mynah::nn {

Segments::Segments(const Padded& batch)
    : starts_(batch.lengths.cumsum(0) - batch.lengths), lengths_(batch.lengths), longest_(batch.ids.size(1)) {
  if ((lengths_ == longest_).all().item<bool>()) return;
  const Tensor filled = at::arange(longest_, at::kLong).unsqueeze(0) < lengths_.unsqueeze(1);  // [batch, longest]
  places_ = filled.flatten().nonzero().squeeze(1).to(batch.ids.device());
}

Tensor Segments::positions() const {
  const Tensor places = at::arange(lengths_.sum().item<std::int64_t>(), at::kLong);
  return places - starts_.repeat_interleave(lengths_);
}

Tensor Segments::pack(const Tensor& x) const {
  const Tensor rows = x.flatten(0, 1);
  return places_.defined() ? rows.index_select(0, places_) : rows;
}

Tensor Segments::pad(const Tensor& x) const {
  if (!places_.defined()) return x.unflatten(0, {count(), longest_});
  return x.new_zeros({count() * longest_, x.size(1)}).index_copy(0, places_, x).unflatten(0, {count(), longest_});
}

}  // namespace mynah::nn
