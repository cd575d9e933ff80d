// Which rows decode which sentence, so that a beam's rows share one copy of their sentence's keys and values.
#pragma once
#include <cstdint>
#include <vector>

#include "nn/tensor.h"

namespace mynah::nn {

class SentenceGroups {
 public:
  SentenceGroups() = default;
  /// Row r decodes sentence `sentence_of_row[r]` of `sentences`; every sentence has a row.
  SentenceGroups(std::vector<std::int64_t> sentence_of_row, std::int64_t sentences, at::Device device);

  const std::vector<std::int64_t>& sentence_of_row() const { return sentence_of_row_; }
  std::int64_t sentences() const { return sentences_; }

  /// x [rows, length, features] with the rows of a sentence side by side: [sentences, width · length, features], where width is
  /// the most rows a sentence has; sentences with fewer repeat a row.
  Tensor gather(const Tensor& x) const;
  /// Undoes gather(): back to [rows, length, features].
  Tensor scatter(const Tensor& x) const;

 private:
  std::vector<std::int64_t> sentence_of_row_;
  std::int64_t sentences_ = 0, width_ = 0;
  Tensor row_of_slot_, slot_of_row_;  // undefined while rows stand in the order of their slots, all of them filled
};

}  // namespace mynah::nn
