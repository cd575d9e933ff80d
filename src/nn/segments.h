// Where the sentences of a batch stand when their rows follow one another without padding.
#pragma once
#include "nn/batch.h"

namespace mynah::nn {

/// The rows of sentence b are starts[b] … starts[b] + lengths[b] of a [tokens, …] tensor.
class Segments {
 public:
  Segments() = default;
  explicit Segments(const Padded& batch);

  const Tensor& starts() const { return starts_; }    // [batch] int64 on the CPU
  const Tensor& lengths() const { return lengths_; }  // [batch] int64 on the CPU
  std::int64_t count() const { return lengths_.size(0); }
  std::int64_t longest() const { return longest_; }
  /// How many rows of its sentence stand before each row: [tokens] int64 on the CPU.
  Tensor positions() const;

  /// [batch, longest, …] → [tokens, …]: padding left out.
  Tensor pack(const Tensor& x) const;
  /// [tokens, features] → [batch, longest, features], zeros where padding stands.
  Tensor pad(const Tensor& x) const;

 private:
  Tensor starts_, lengths_;
  std::int64_t longest_ = 0;
  Tensor places_;  // of the rows in [batch · longest], on the batch's device; undefined when there is no padding at all
};

}  // namespace mynah::nn
