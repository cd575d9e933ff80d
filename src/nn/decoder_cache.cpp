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

/// x with its axis 2 cut or filled up with zeros (never garbage: a weight of zero times NaN would be NaN).
Tensor with_length(const Tensor& x, std::int64_t length) {
  if (x.size(2) >= length) return x.narrow(2, 0, length);
  return at::cat({x, x.new_zeros({x.size(0), x.size(1), length - x.size(2), x.size(3)})}, 2);
}

Tensor joined(const Tensor& a, const Tensor& b) {
  const std::int64_t length = std::max(a.size(2), b.size(2));
  return at::cat({with_length(a, length), with_length(b, length)}, 1);
}

std::vector<std::int64_t> first_numbers(std::int64_t count) {
  std::vector<std::int64_t> numbers(static_cast<std::size_t>(count));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

}  // namespace

DecoderCache::DecoderCache(const std::vector<KeysValues>& cross, const Tensor& source_lengths)
    : lengths_(at::zeros_like(source_lengths)), source_lengths_(source_lengths) {
  std::vector<Tensor> keys, values;
  for (const KeysValues& layer : cross) {
    keys.push_back(layer.keys);
    values.push_back(layer.values);
  }
  cross_keys_ = at::stack(keys);
  cross_values_ = at::stack(values);
  self_keys_ = cross_keys_.new_zeros({cross_keys_.size(0), cross_keys_.size(1), 0, cross_keys_.size(3)});
  self_values_ = self_keys_;
  groups_ = SentenceGroups(first_numbers(lengths_.size(0)), lengths_.size(0), cross_keys_.device());
}

void DecoderCache::reorder(std::span<const std::int64_t> parents) {
  if (std::ranges::equal(parents, first_numbers(rows()))) return;
  const Tensor chosen = to_tensor(parents);
  const Tensor chosen_there = chosen.to(self_keys_.device());
  lengths_ = lengths_.index_select(0, chosen);
  const std::int64_t capacity = std::min(self_keys_.size(2), blocks_for(longest(lengths_) + 1));
  self_keys_ = self_keys_.narrow(2, 0, capacity).index_select(1, chosen_there);
  self_values_ = self_values_.narrow(2, 0, capacity).index_select(1, chosen_there);

  std::vector<std::int64_t> sentence_of_row;
  for (const std::int64_t parent : parents) {
    sentence_of_row.push_back(groups_.sentence_of_row()[static_cast<std::size_t>(parent)]);
  }
  drop_finished(std::move(sentence_of_row));
}

void DecoderCache::drop_finished(std::vector<std::int64_t> sentence_of_row) {
  std::vector<std::int64_t> new_number(static_cast<std::size_t>(groups_.sentences()), -1);
  for (const std::int64_t sentence : sentence_of_row) new_number[static_cast<std::size_t>(sentence)] = 0;
  std::vector<std::int64_t> alive;
  for (std::size_t sentence = 0; sentence < new_number.size(); ++sentence) {
    if (new_number[sentence] < 0) continue;
    new_number[sentence] = static_cast<std::int64_t>(alive.size());
    alive.push_back(static_cast<std::int64_t>(sentence));
  }
  if (alive.size() < new_number.size()) {
    const Tensor kept = to_tensor(alive);
    source_lengths_ = source_lengths_.index_select(0, kept);
    const Tensor kept_there = kept.to(cross_keys_.device());
    cross_keys_ = with_length(cross_keys_, longest(source_lengths_)).index_select(1, kept_there);
    cross_values_ = with_length(cross_values_, longest(source_lengths_)).index_select(1, kept_there);
    for (std::int64_t& sentence : sentence_of_row) sentence = new_number[static_cast<std::size_t>(sentence)];
  }
  groups_ = SentenceGroups(std::move(sentence_of_row), static_cast<std::int64_t>(alive.size()), cross_keys_.device());
}

void DecoderCache::append(State& other) {
  const auto& more = dynamic_cast<const DecoderCache&>(other);
  std::vector<std::int64_t> sentence_of_row = groups_.sentence_of_row();
  for (const std::int64_t sentence : more.groups_.sentence_of_row()) sentence_of_row.push_back(groups_.sentences() + sentence);
  groups_ = SentenceGroups(std::move(sentence_of_row), groups_.sentences() + more.groups_.sentences(), cross_keys_.device());
  lengths_ = at::cat({lengths_, more.lengths_});
  source_lengths_ = at::cat({source_lengths_, more.source_lengths_});
  self_keys_ = joined(self_keys_, more.self_keys_);
  self_values_ = joined(self_values_, more.self_values_);
  cross_keys_ = joined(cross_keys_, more.cross_keys_);
  cross_values_ = joined(cross_values_, more.cross_values_);
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
