#include "search/candidates.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>
#include <tuple>

#include "search/constraints.h"

namespace mynah::search {
namespace {

constexpr float kNever = -std::numeric_limits<float>::infinity();

std::size_t wanted_per_row(const SearchOptions& options, std::size_t vocabulary) {
  std::size_t wanted = 0;
  if (options.sample) {
    wanted = options.top_k > 0 ? static_cast<std::size_t>(options.top_k) : vocabulary;
  } else {
    wanted = options.beam == 1 ? 1 : 2 * static_cast<std::size_t>(options.beam);
  }
  return std::min(wanted, vocabulary);
}

}  // namespace

Candidates::Candidates(StepModel& model, const SpecialIds& ids)
    : model_(model), ids_(ids), vocabulary_(static_cast<std::size_t>(model.vocabulary())), order_(vocabulary_) {
  std::iota(order_.begin(), order_.end(), TokenId{0});
}

std::span<const Candidate> Candidates::of(std::span<const Row> rows) {
  forbidden_.clear();
  per_row_ = 0;
  bool whole_rows = false;  // fetch all log-probabilities and choose here
  for (const auto& [target, options] : rows) {
    forbidden_.push_back(forbidden_tokens(target, *options, ids_));
    per_row_ = std::max(per_row_, wanted_per_row(*options, vocabulary_));
    whole_rows = whole_rows || options->repetition_penalty != 1;
  }
  candidates_.resize(rows.size() * per_row_);
  if (!whole_rows && per_row_ < vocabulary_) {
    forbidden_views_.assign(forbidden_.begin(), forbidden_.end());
    model_.top(static_cast<int>(per_row_), forbidden_views_, candidates_);
    return candidates_;
  }
  log_probabilities_.resize(rows.size() * vocabulary_);
  model_.all(log_probabilities_);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    choose(std::span(log_probabilities_).subspan(row * vocabulary_, vocabulary_), rows[row], forbidden_[row],
           std::span(candidates_).subspan(row * per_row_, per_row_));
  }
  return candidates_;
}

/// The order of the tokens from the row before is left standing: any order will do to start from.
void Candidates::choose(std::span<float> log_probabilities, const Row& row, std::span<const TokenId> forbidden,
                        std::span<Candidate> chosen) {
  const auto at = [&](TokenId token) -> float& { return log_probabilities[static_cast<std::size_t>(token)]; };
  if (row.options->repetition_penalty != 1) {
    const std::set<TokenId> seen(row.target.begin(), row.target.end());
    for (const TokenId token : seen) at(token) *= static_cast<float>(row.options->repetition_penalty);
  }
  at(ids_.pad) = kNever;
  for (const TokenId token : forbidden) at(token) = kNever;
  for (float& value : log_probabilities) value = value > kNever ? value : kNever;  // NaN would break the order
  if (per_row_ < vocabulary_) {
    std::partial_sort(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(per_row_), order_.end(),
                      [&](TokenId a, TokenId b) { return std::tuple(-at(a), a) < std::tuple(-at(b), b); });
  }
  for (std::size_t i = 0; i < per_row_; ++i) {
    const float value = at(order_[i]);
    chosen[i] = value > kNever ? Candidate{order_[i], value} : Candidate{-1, kNever};
  }
}

}  // namespace mynah::search
