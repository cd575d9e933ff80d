#include "packed/verdict.h"

#include <algorithm>
#include <vector>

#include "base/error.h"

namespace mynah::packed {
namespace {

search::Capacity capacity_for(std::span<const search::Pair> pairs) {
  search::Capacity capacity{static_cast<int>(pairs.size()), 0, 0};
  for (const search::Pair& pair : pairs) {
    capacity.source_length = std::max(capacity.source_length, static_cast<int>(pair.source.size()));
    capacity.target_length = std::max(capacity.target_length, static_cast<int>(pair.target.size()));
  }
  return capacity;
}

/// Log-probabilities of all tokens for each row, a step at a time.
class Reader {
 public:
  Reader(const search::Network& network, std::span<const search::Pair> pairs)
      : rows_(network.step_model(capacity_for(pairs))), vocabulary_(static_cast<std::size_t>(rows_->vocabulary())) {}

  void advance(std::span<const search::Continuation> continuations, std::span<const search::Admission> admissions) {
    rows_->advance(continuations, admissions);
    values_.resize(static_cast<std::size_t>(rows_->rows()) * vocabulary_);
    rows_->all(values_);
  }
  std::span<const float> row(std::size_t row) const { return std::span(values_).subspan(row * vocabulary_, vocabulary_); }

 private:
  std::unique_ptr<search::StepModel> rows_;
  std::size_t vocabulary_;
  std::vector<float> values_;
};

}  // namespace

bool allows(const Verdict& verdict) { return verdict.tokens > 0 && verdict.loss <= 0.02 && verdict.agreement >= 0.98; }

Verdict compare(const search::Network& network, const search::Network& reference, std::span<const search::Pair> pairs) {
  ensure(!pairs.empty(), "there is something to compare");
  Reader ours(network, pairs), theirs(reference, pairs);
  std::vector<search::Admission> admissions;
  std::vector<search::Continuation> continuations;
  std::vector<const search::Pair*> reading;  // by row
  for (const search::Pair& pair : pairs) {
    admissions.push_back({pair.source, {}, {}});
    reading.push_back(&pair);
  }
  Verdict verdict;
  for (std::size_t position = 0; !reading.empty(); ++position) {
    for (Reader* reader : {&ours, &theirs}) reader->advance(continuations, admissions);
    admissions.clear();
    continuations.clear();
    std::vector<const search::Pair*> going_on;
    for (std::size_t row = 0; row < reading.size(); ++row) {
      const std::span<const float> found = ours.row(row), expected = theirs.row(row);
      const auto token = static_cast<std::size_t>(reading[row]->target[position]);
      const auto best = [](std::span<const float> values) { return std::ranges::max_element(values) - values.begin(); };
      ++verdict.tokens;
      verdict.loss += expected[token] - found[token];
      verdict.agreement += best(found) == best(expected) ? 1 : 0;
      if (position + 1 == reading[row]->target.size()) continue;
      continuations.push_back({static_cast<std::int32_t>(row), reading[row]->target[position]});
      going_on.push_back(reading[row]);
    }
    reading = std::move(going_on);
  }
  verdict.loss /= static_cast<double>(verdict.tokens);
  verdict.agreement /= static_cast<double>(verdict.tokens);
  return verdict;
}

}  // namespace mynah::packed
