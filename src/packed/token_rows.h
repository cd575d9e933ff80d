// Tokens on their way through a stack of layers: the rows that all of them share, and the sub-layers that work on each row alone.
#pragma once
#include <span>

#include "packed/arena.h"
#include "packed/parameters.h"
#include "text/token_id.h"

namespace mynah::packed {

/// Up to `capacity` tokens. The stream carries what layers add to; words are what products read. One for encoder and decoder,
/// which take turns.
class TokenRows {
 public:
  TokenRows(const Parameters& parameters, const Kernels& kernels, std::ptrdiff_t capacity, std::ptrdiff_t max_positions,
            Arena& arena);

  std::ptrdiff_t capacity() const { return capacity_; }
  /// The stream becomes √d_model times the tokens' embeddings, plus their positions.
  void embed(std::span<const TokenId> tokens, std::span<const std::int32_t> positions);
  /// Takes up what the last sub-layer added, normalises, and makes the words that the next one reads.
  void settle(const Norm& norm);
  /// words · matrix, [tokens, matrix.columns], overwritten by the next one.
  FloatRows multiply(const Matrix& matrix);
  /// Where attention writes, [tokens, features].
  FloatRows attended() const { return attended_; }
  /// attended · matrix is what this sub-layer adds.
  void add_attended(const Matrix& output);
  void add_feed_forward(const FeedForward& part);

  const WordRows& words() const { return words_; }

 private:
  std::size_t precision() const { return static_cast<std::size_t>(parameters_.precision); }
  const float* position(std::int32_t number);
  void multiply(const WordRows& words, std::ptrdiff_t rows, const Matrix& matrix, Finish finish, const FloatRows& to) const;

  const Parameters& parameters_;
  const Kernels& kernels_;
  std::ptrdiff_t capacity_, count_ = 0;
  std::ptrdiff_t feed_forward_rows_;  // that pass through the feed-forward network at once
  FloatRows stream_, added_, wide_, attended_, hidden_;
  WordRows words_, attended_words_, hidden_words_;
  bool has_added_ = false;
  float* positions_;  // [max_positions, d_model], made as they are needed
  std::ptrdiff_t positions_made_ = 0;
  const float** position_of_;  // [capacity]
};

}  // namespace mynah::packed
