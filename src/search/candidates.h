// Fetches from the network the candidates that search chooses from: a few of the best, or whole rows where nothing less will do.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "search/search_options.h"
#include "search/step_model.h"

namespace mynah::search {

/// Candidates of every row of one model, constraints applied. Leaves the choice to the model where it can.
class Candidates {
 public:
  /// What stands on a row: the tokens so far, and how it goes on from there.
  struct Row {
    std::span<const TokenId> target;
    const SearchOptions* options;
  };

  Candidates(StepModel& model, const SpecialIds& ids);

  /// How many each row got: as many as the most demanding of them wants.
  std::size_t per_row() const { return per_row_; }

  /// Row-major [rows, per_row]. The best ones, best first, where per_row() is less than the vocabulary; where fewer are left, the
  /// rest are {-1, -infinity}. Valid until the next call.
  std::span<const Candidate> of(std::span<const Row> rows);

 private:
  void choose(std::span<float> log_probabilities, const Row& row, std::span<const TokenId> forbidden,
              std::span<Candidate> chosen);

  StepModel& model_;
  SpecialIds ids_;
  std::size_t vocabulary_;
  std::size_t per_row_ = 0;
  std::vector<std::vector<TokenId>> forbidden_;
  std::vector<std::span<const TokenId>> forbidden_views_;
  std::vector<float> log_probabilities_;
  std::vector<TokenId> order_;
  std::vector<Candidate> candidates_;
};

}  // namespace mynah::search
