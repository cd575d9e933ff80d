// What search needs from a network while it decodes: rows that advance by a token and name their best candidates.
#pragma once
#include <cstdint>
#include <span>

#include "text/token_id.h"

namespace mynah::search {

/// A sentence that enters the rows. `prefix` (often empty) is read in one pass behind the start token; `allowed` is a sorted
/// shortlist of target ids, empty for all.
struct Admission {
  std::span<const TokenId> source;  // ends in `</s>`
  std::span<const TokenId> prefix;
  std::span<const TokenId> allowed;
};

/// A new row made of old row `parent` and one more token.
struct Continuation {
  std::int32_t parent;
  TokenId token;
};

struct Candidate {
  TokenId token;
  float log_probability;
};

/// Rows being decoded, one object per worker; plain types only, so that search is tested without a network.
class StepModel {
 public:
  virtual ~StepModel() = default;
  virtual int vocabulary() const = 0;
  virtual int rows() const = 0;
  /// How many more rows fit.
  virtual int free_rows() const = 0;
  /// Whether taking sentences in costs little while others are under way; where it does not, the next ones wait for the last.
  virtual bool refills() const { return true; }
  /// The rows become: one per continuation, in order (old row `parent` plus `token`; old rows not named are released), then one
  /// per admission, past its prefix. Rows stand at different positions. Both empty: all rows are released.
  virtual void advance(std::span<const Continuation> continuations, std::span<const Admission> admissions) = 0;
  /// The best `count` next tokens of every row, row-major [rows, count], best first; equal log-probabilities by smaller id.
  /// Normalised over the vocabulary (or the row's `allowed`) before `forbidden[row]` is left out; `<pad>` is never a candidate.
  /// Where fewer than `count` are left, the rest are {-1, -infinity}.
  virtual void top(int count, std::span<const std::span<const TokenId>> forbidden, std::span<Candidate> candidates) = 0;
  /// Log-probabilities of named tokens of one row (forced, constrained, scored).
  virtual void named(int row, std::span<const TokenId> tokens, std::span<float> log_probabilities) = 0;
  /// Log-probabilities of all tokens of all rows, row-major [rows, vocabulary]; -infinity outside the row's `allowed`. For
  /// ensembles, sampling, and constraints that change log-probabilities.
  virtual void all(std::span<float> log_probabilities) = 0;
};

}  // namespace mynah::search
