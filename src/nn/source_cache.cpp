#include "nn/source_cache.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace mynah::nn {
namespace {

std::vector<std::int64_t> first_numbers(std::int64_t count) {
  std::vector<std::int64_t> numbers(static_cast<std::size_t>(count));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

}  // namespace

Tensor with_length(const Tensor& x, std::int64_t length) {
  if (x.size(2) >= length) return x.narrow(2, 0, length);
  return at::cat({x, x.new_zeros({x.size(0), x.size(1), length - x.size(2), x.size(3)})}, 2);
}

Tensor joined(const Tensor& a, const Tensor& b) {
  const std::int64_t length = std::max(a.size(2), b.size(2));
  return at::cat({with_length(a, length), with_length(b, length)}, 1);
}

SourceCache::SourceCache(const std::vector<KeysValues>& layers, const Tensor& source_lengths) : source_lengths_(source_lengths) {
  std::vector<Tensor> keys, values;
  for (const KeysValues& layer : layers) {
    keys.push_back(layer.keys);
    values.push_back(layer.values);
  }
  keys_ = at::stack(keys);
  values_ = at::stack(values);
  const std::int64_t sentences = source_lengths.size(0);
  groups_ = SentenceGroups(first_numbers(sentences), sentences, keys_.device());
}

void SourceCache::reorder(std::span<const std::int64_t> parents) {
  std::vector<std::int64_t> sentence_of_row;
  for (const std::int64_t parent : parents) {
    sentence_of_row.push_back(groups_.sentence_of_row()[static_cast<std::size_t>(parent)]);
  }
  std::vector<std::int64_t> new_number(static_cast<std::size_t>(groups_.sentences()), -1);
  for (const std::int64_t sentence : sentence_of_row) new_number[static_cast<std::size_t>(sentence)] = 0;
  std::vector<std::int64_t> alive;
  for (std::size_t sentence = 0; sentence < new_number.size(); ++sentence) {
    if (new_number[sentence] < 0) continue;
    new_number[sentence] = static_cast<std::int64_t>(alive.size());
    alive.push_back(static_cast<std::int64_t>(sentence));
  }
  if (alive.size() < new_number.size()) {
    const Tensor kept = at::tensor(alive, at::kLong), kept_there = kept.to(keys_.device());
    source_lengths_ = source_lengths_.index_select(0, kept);
    const std::int64_t longest = alive.empty() ? 0 : source_lengths_.max().item<std::int64_t>();
    keys_ = with_length(keys_, longest).index_select(1, kept_there);
    values_ = with_length(values_, longest).index_select(1, kept_there);
    for (std::int64_t& sentence : sentence_of_row) sentence = new_number[static_cast<std::size_t>(sentence)];
  }
  groups_ = SentenceGroups(std::move(sentence_of_row), static_cast<std::int64_t>(alive.size()), keys_.device());
}

void SourceCache::append(const SourceCache& other) {
  std::vector<std::int64_t> sentence_of_row = groups_.sentence_of_row();
  for (const std::int64_t sentence : other.groups_.sentence_of_row()) sentence_of_row.push_back(groups_.sentences() + sentence);
  groups_ = SentenceGroups(std::move(sentence_of_row), groups_.sentences() + other.groups_.sentences(), keys_.device());
  source_lengths_ = at::cat({source_lengths_, other.source_lengths_});
  keys_ = joined(keys_, other.keys_);
  values_ = joined(values_, other.values_);
}

}  // namespace mynah::nn
