#include "nn/sentence_groups.h"

#include <algorithm>
#include <utility>

#include "nn/torch.h"

namespace mynah::nn {

SentenceGroups::SentenceGroups(std::vector<std::int64_t> sentence_of_row, std::int64_t sentences, at::Device device)
    : sentence_of_row_(std::move(sentence_of_row)), sentences_(sentences) {
  std::vector<std::int64_t> place(sentence_of_row_.size());  // of the row among its sentence's rows
  std::vector<std::int64_t> filled(static_cast<std::size_t>(sentences), 0);
  for (std::size_t row = 0; row < place.size(); ++row) {
    place[row] = filled[static_cast<std::size_t>(sentence_of_row_[row])]++;
    width_ = std::max(width_, place[row] + 1);
  }
  std::vector<std::int64_t> slot_of_row(place.size()), row_of_slot(static_cast<std::size_t>(sentences * width_), 0);
  bool in_order = place.size() == row_of_slot.size();
  for (std::size_t row = 0; row < place.size(); ++row) {
    slot_of_row[row] = sentence_of_row_[row] * width_ + place[row];
    row_of_slot[static_cast<std::size_t>(slot_of_row[row])] = static_cast<std::int64_t>(row);
    in_order = in_order && slot_of_row[row] == static_cast<std::int64_t>(row);
  }
  if (in_order) return;
  slot_of_row_ = at::tensor(slot_of_row, at::kLong).to(device);
  row_of_slot_ = at::tensor(row_of_slot, at::kLong).to(device);
}

Tensor SentenceGroups::gather(const Tensor& x) const {
  const Tensor slots = row_of_slot_.defined() ? x.index_select(0, row_of_slot_) : x;
  return slots.reshape({sentences_, width_ * x.size(1), x.size(2)});
}

Tensor SentenceGroups::scatter(const Tensor& x) const {
  const Tensor slots = x.reshape({sentences_ * width_, x.size(1) / width_, x.size(2)});
  return slot_of_row_.defined() ? slots.index_select(0, slot_of_row_) : slots;
}

}  // namespace mynah::nn
