// The encoded sources of rows being decoded, kept once per sentence however many rows decode it.
#pragma once
#include <vector>

#include "nn/multi_head_attention.h"
#include "nn/sentence_groups.h"
#include "nn/visibility.h"

namespace mynah::nn {

class SourceCache {
 public:
  SourceCache() = default;
  /// One row per sentence. Each layer's keys and values are [sentences, source_length, features], source_lengths [sentences]
  /// int64 on the CPU.
  SourceCache(const std::vector<KeysValues>& layers, const Tensor& source_lengths);

  /// As State's.
  void reorder(std::span<const std::int64_t> parents);
  void append(const SourceCache& other);

  std::int64_t rows() const { return static_cast<std::int64_t>(groups_.sentence_of_row().size()); }
  /// The source as the rows of a layer see it; queries are brought together and taken apart by groups().
  KeysValues layer(std::int64_t number) const { return {keys_.select(0, number), values_.select(0, number)}; }
  Visibility visibility() const { return {source_lengths_, false}; }
  const SentenceGroups& groups() const { return groups_; }

 private:
  Tensor keys_, values_;   // [layers, sentences, source_length, features]
  Tensor source_lengths_;  // [sentences] int64, CPU
  SentenceGroups groups_;
};

/// x with its axis 2 cut, or filled up with zeros (never garbage: a weight of zero times NaN would be NaN).
Tensor with_length(const Tensor& x, std::int64_t length);

/// Rows of both, [layers, rows, length, features], brought to the length of the longer.
Tensor joined(const Tensor& a, const Tensor& b);

}  // namespace mynah::nn
