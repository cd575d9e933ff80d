// Rows being decoded with a packed network: search's view of a workspace.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "packed/output_layer.h"
#include "packed/workspace.h"
#include "search/network.h"

namespace mynah::packed {

/// Many may share one network's parameters, each on a thread of its own. Results do not depend on what stands beside a row.
class PackedStepModel final : public search::StepModel {
 public:
  PackedStepModel(std::shared_ptr<const Parameters> parameters, const Kernels& kernels, const search::Capacity& capacity);

  int vocabulary() const override { return output_.vocabulary(); }
  int rows() const override { return work_.table.rows(); }
  int free_rows() const override { return work_.table.capacity() - rows(); }
  void advance(std::span<const search::Continuation> continuations, std::span<const search::Admission> admissions) override;
  void top(int count, std::span<const std::span<const TokenId>> forbidden, std::span<search::Candidate> candidates) override;
  void named(int row, std::span<const TokenId> tokens, std::span<float> log_probabilities) override;
  void all(std::span<float> log_probabilities) override;

 private:
  void admit(std::span<const search::Admission> admissions);
  void read_beginning(int row, std::span<const TokenId> prefix);
  OutputLayer::States states() const { return {work_.tokens.words(), sentences_}; }

  std::shared_ptr<const Parameters> parameters_;
  Workspace work_;
  OutputLayer output_;
  std::vector<Reading> readings_;  // what the coming step reads, a token per row
  std::vector<Reading> beginning_;
  std::vector<std::span<const TokenId>> sources_;
  std::vector<std::int32_t> sentences_;  // per row
};

}  // namespace mynah::packed
