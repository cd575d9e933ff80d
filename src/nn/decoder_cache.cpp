#include "nn/decoder_cache.h"

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "nn/torch.h"

namespace mynah::nn {
namespace {

constexpr std::int64_t kBlock = 16;  // tokens; room grows and shrinks by whole blocks

std::int64_t blocks_for(std::int64_t length) { return (length + kBlock - 1) / kBlock * kBlock; }

std::int64_t longest(const Tensor& lengths) { return lengths.numel() == 0 ? 0 : lengths.max().item<std::int64_t>(); }

Tensor to_tensor(std::span<const std::int64_t> values) {
  return at::tensor(at::ArrayRef<std::int64_t>(values.data(), values.size()), at::kLong);
}

std::vector<std::int64_t> first_numbers(std::int64_t count) {
  std::vector<std::int64_t> numbers(static_cast<std::size_t>(count));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

}  // namespace

DecoderCache::DecoderCache(const std::vector<KeysValues>& cross, const Tensor& source_lengths, std::int64_t self_layers)
    : lengths_(at::zeros_like(source_lengths)), cross_(cross, source_lengths) {
  const Tensor& like = cross.at(0).keys;
  self_keys_ = like.new_zeros({self_layers, like.size(0), 0, like.size(2)});
  self_values_ = self_keys_;
}

void DecoderCache::reorder(std::span<const std::int64_t> parents) {
  if (std::ranges::equal(parents, first_numbers(rows()))) return;
  const Tensor chosen = to_tensor(parents);
  const Tensor chosen_there = chosen.to(self_keys_.device());
  lengths_ = lengths_.index_select(0, chosen);
  const std::int64_t capacity = std::min(self_keys_.size(2), blocks_for(longest(lengths_) + 1));
  self_keys_ = self_keys_.narrow(2, 0, capacity).index_select(1, chosen_there);
  self_values_ = self_values_.narrow(2, 0, capacity).index_select(1, chosen_there);
  cross_.reorder(parents);
}

void DecoderCache::append(State& other) {
  const auto& more = dynamic_cast<const DecoderCache&>(other);
  lengths_ = at::cat({lengths_, more.lengths_});
  self_keys_ = joined(self_keys_, more.self_keys_);
  self_values_ = joined(self_values_, more.self_values_);
  cross_.append(more.cross_);
}

void DecoderCache::open(std::int64_t count) {
  ensure(count == 1 || longest(lengths_) == 0, "only rows that have read nothing read several tokens at once");
  count_ = count;
  end_ = longest(lengths_) + count;
  if (end_ > self_keys_.size(2)) {
    self_keys_ = with_length(self_keys_, blocks_for(end_));
    self_values_ = with_length(self_values_, blocks_for(end_));
  }
  const Tensor first = at::arange(rows(), at::kLong) * self_keys_.size(2) + lengths_;
  slots_ = (first.unsqueeze(1) + at::arange(count, at::kLong)).flatten().to(self_keys_.device());
}

KeysValues DecoderCache::extend(std::int64_t layer, const KeysValues& fresh) {
  const Tensor keys = self_keys_.select(0, layer), values = self_values_.select(0, layer);  // [rows, capacity, d_model]
  keys.flatten(0, 1).index_copy_(0, slots_, fresh.keys.flatten(0, 1));
  values.flatten(0, 1).index_copy_(0, slots_, fresh.values.flatten(0, 1));
  return {keys.narrow(1, 0, end_), values.narrow(1, 0, end_)};
}

Visibility DecoderCache::self_visibility() const {
  if (count_ > 1) return {{}, true};
  return {lengths_ + 1, false};
}

void DecoderCache::close(const Tensor& counts) { lengths_ = lengths_ + counts; }

}  // namespace mynah::nn
