#include "packed/step_model.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace mynah::packed {

PackedStepModel::PackedStepModel(std::shared_ptr<const Parameters> parameters, const Kernels& kernels,
                                 const search::Capacity& capacity)
    : parameters_(std::move(parameters)),
      work_(*parameters_, kernels, {capacity.rows, capacity.source_length, capacity.target_length, capacity.rows}),
      output_(*parameters_, kernels, capacity.rows, capacity.shortlist, work_.arena) {}

void PackedStepModel::advance(std::span<const search::Continuation> continuations,
                              std::span<const search::Admission> admissions) {
  work_.table.go_on(continuations);
  readings_.clear();
  for (const auto& [parent, token] : continuations) readings_.push_back({static_cast<int>(readings_.size()), token});
  admit(admissions);
  sentences_.clear();
  for (int row = 0; row < rows(); ++row) sentences_.push_back(work_.table.sentence(row));
  if (rows() > 0) work_.decoder.read(readings_, work_.tokens);
}

/// New rows read all but the last token of start and prefix here, and the last together with the rows that go on.
void PackedStepModel::admit(std::span<const search::Admission> admissions) {
  const int first_row = rows();
  sources_.clear();
  for (const search::Admission& admission : admissions) sources_.push_back(admission.source);
  work_.admit(sources_);
  for (int row = first_row; row < rows(); ++row) {
    const search::Admission& admission = admissions[static_cast<std::size_t>(row - first_row)];
    output_.allow(work_.table.sentence(row), admission.allowed);
    const TokenId start = vocabulary() - 1;
    if (!admission.prefix.empty()) read_beginning(row, admission.prefix);
    readings_.push_back({row, admission.prefix.empty() ? start : admission.prefix.back()});
  }
}

void PackedStepModel::read_beginning(int row, std::span<const TokenId> prefix) {
  beginning_ = {{row, vocabulary() - 1}};
  for (const TokenId token : prefix.first(prefix.size() - 1)) beginning_.push_back({row, token});
  const auto together = static_cast<std::size_t>(work_.tokens.capacity());
  for (std::span<const Reading> left = beginning_; !left.empty(); left = left.subspan(std::min(together, left.size()))) {
    work_.decoder.read(left.first(std::min(together, left.size())), work_.tokens);
  }
}

void PackedStepModel::top(int count, std::span<const std::span<const TokenId>> forbidden,
                          std::span<search::Candidate> candidates) {
  ensure(candidates.size() == static_cast<std::size_t>(count) * sentences_.size(), "room for every candidate");
  output_.top(states(), count, forbidden, candidates);
}

void PackedStepModel::named(int row, std::span<const TokenId> tokens, std::span<float> log_probabilities) {
  const std::span<const float> all = output_.whole_row(states(), static_cast<std::size_t>(row));
  std::ranges::transform(tokens, log_probabilities.begin(), [&](TokenId token) { return all[static_cast<std::size_t>(token)]; });
}

void PackedStepModel::all(std::span<float> log_probabilities) { output_.all(states(), log_probabilities); }

}  // namespace mynah::packed
