// What decoders without self-attention remember between steps: the same few numbers for every row, however much it has said.
#pragma once
#include <vector>

#include "nn/sequence_model.h"
#include "nn/source_cache.h"

namespace mynah::nn {

/// Arrays with a row for each row, whose meaning is the architecture's, and the sources.
class RowState : public State {
 public:
  RowState(SourceCache source, std::vector<Tensor> arrays) : source_(std::move(source)), arrays_(std::move(arrays)) {}

  int rows() const override { return static_cast<int>(source_.rows()); }
  void reorder(std::span<const std::int64_t> parents) override;
  void append(State& other) override;

  const SourceCache& source() const { return source_; }
  /// Each [rows, …].
  std::vector<Tensor>& arrays() { return arrays_; }
  /// Gives rows that are not `chosen` [rows] (bool, CPU) back what they had in `before`.
  void keep_changes(const Tensor& chosen, const std::vector<Tensor>& before);

 private:
  SourceCache source_;
  std::vector<Tensor> arrays_;
};

}  // namespace mynah::nn
