// Sentences the way recurrent networks walk through them: all first tokens, then all second ones, longest sentence first.
#pragma once
#include <vector>

#include "nn/row_map.h"
#include "nn/segments.h"

namespace mynah::nn {

/// The order of LibTorch's packed sequences. At time t the first rows_at(t) sentences of order() have a token.
class TimeOrder {
 public:
  TimeOrder(const Segments& sentences, at::Device device);

  /// [tokens, features], sentence after sentence, to time after time, and back.
  Tensor arrange(const Tensor& x) const { return to_times_(x); }
  Tensor restore(const Tensor& x) const { return to_sentences_(x); }

  /// Sentences from the longest to the shortest, equal ones as they came: [batch] int64 on the device.
  const Tensor& order() const { return order_; }
  /// [times] int64 on the CPU
  const Tensor& rows() const { return rows_; }
  std::size_t times() const { return static_cast<std::size_t>(rows_.size(0)); }
  std::int64_t rows_at(std::size_t time) const { return rows_.const_data_ptr<std::int64_t>()[time]; }
  /// x [tokens, …] in the order of times, cut into [rows_at(time), …] for each.
  std::vector<Tensor> split(const Tensor& x) const;

 private:
  RowMap to_times_, to_sentences_;
  Tensor order_, rows_;
};

}  // namespace mynah::nn
