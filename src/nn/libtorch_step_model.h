// Rows being decoded with a LibTorch network: search's view of a SequenceModel and its State.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "nn/sequence_model.h"
#include "search/step_model.h"

namespace mynah::nn {

/// At most `capacity` rows on the network's device. Many may share one network, each on a thread of its own.
class LibtorchStepModel final : public search::StepModel {
 public:
  LibtorchStepModel(std::shared_ptr<SequenceModel> network, TokenId pad, at::Device device, int capacity)
      : network_(std::move(network)), pad_(pad), device_(device), capacity_(capacity) {}

  int vocabulary() const override { return pad_ + 1; }
  int rows() const override { return state_ ? state_->rows() : 0; }
  int free_rows() const override { return capacity_ - rows(); }
  /// All that is kept of all rows would be copied.
  bool refills() const override { return false; }
  void advance(std::span<const search::Continuation> continuations, std::span<const search::Admission> admissions) override;
  void top(int count, std::span<const std::span<const TokenId>> forbidden, std::span<search::Candidate> candidates) override;
  void named(int row, std::span<const TokenId> tokens, std::span<float> log_probabilities) override;
  void all(std::span<float> log_probabilities) override;

 private:
  void go_on(std::span<const search::Continuation> continuations);
  void admit(std::span<const search::Admission> admissions);
  void keep_to_shortlists(Tensor& logits) const;

  std::shared_ptr<SequenceModel> network_;
  TokenId pad_;
  at::Device device_;
  int capacity_;
  std::unique_ptr<State> state_;      // null without rows
  std::vector<Tensor> allowed_;       // per row, ids; undefined: all
  std::vector<std::int64_t> tokens_;  // per row, what the coming step reads
  Tensor scores_;                     // [rows, vocabulary] log-probabilities, float32
};

}  // namespace mynah::nn
