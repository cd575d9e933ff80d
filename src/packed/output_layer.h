// From states to log-probabilities: the best tokens of each row, or all.
#pragma once
#include <span>
#include <vector>

#include "packed/arena.h"
#include "packed/column_sets.h"
#include "packed/parameters.h"
#include "search/step_model.h"

namespace mynah::packed {

class OutputLayer {
 public:
  /// For so many rows, and shortlists of at most so many tokens.
  OutputLayer(const Parameters& parameters, const Kernels& kernels, std::ptrdiff_t rows, std::ptrdiff_t shortlist, Arena& arena);

  int vocabulary() const { return parameters_.shape.vocabulary; }
  /// Which tokens a sentence may use, sorted; empty: all.
  void allow(std::int32_t sentence, std::span<const TokenId> tokens) { allowed_.choose(sentence, tokens); }

  /// Rows of states, and the sentence of each.
  struct States {
    WordRows words;
    std::span<const std::int32_t> sentences;
  };
  /// Log-probabilities of all tokens of one row, until the next call.
  std::span<float> whole_row(const States& states, std::size_t row);
  /// As search::StepModel::top().
  void top(const States& states, int count, std::span<const std::span<const TokenId>> forbidden,
           std::span<search::Candidate> candidates);
  /// The log-probability of one token in each row, of sentences that may use all.
  void named(const States& states, std::span<const TokenId> tokens, std::span<float> log_probabilities);
  /// Log-probabilities of all tokens, [rows, vocabulary].
  void all(const States& states, std::span<float> log_probabilities);

 private:
  void run(const States& states);
  void choose(std::span<float> log_probabilities, std::span<const TokenId> forbidden, std::span<search::Candidate> chosen);
  /// How many rows from `first` on go through one product: those of a sentence with a shortlist, or of sentences without.
  std::size_t together(const States& states, std::size_t first) const;
  /// Log-probabilities of some rows that go together, [count, columns], until the next call.
  std::span<float> whole_rows(const States& states, std::size_t first, std::size_t count);

  const Parameters& parameters_;
  const Kernels& kernels_;
  OutputRow* rows_;
  ScoredToken* best_;
  ColumnSets allowed_;  // of each sentence
  float* whole_rows_;   // [kWholeRows, columns]
  std::vector<TokenId> order_;
};

}  // namespace mynah::packed
