// The decoder: tokens in, words of their last layer's states out; what they leave behind stays in the cache.
#pragma once
#include <span>
#include <vector>

#include "packed/encoder.h"
#include "packed/row_table.h"
#include "packed/token_rows.h"

namespace mynah::packed {

/// A token that a row reads next.
struct Reading {
  int row;
  TokenId token;
};

class Decoder {
 public:
  /// For so many rows and targets as the table has, and sources of at most `max_source` ids.
  Decoder(const Parameters& parameters, const Kernels& kernels, RowTable& table, std::ptrdiff_t max_source, Arena& arena);

  /// Takes the sentences whose encoded tokens are the rows' words as what table rows from `first_row` on look at.
  void remember(std::span<const std::span<const TokenId>> sources, int first_row, TokenRows& rows);

  /// Reads tokens, several of a row one behind the other; no more at once than `rows` hold. Afterwards the rows' words are their
  /// states. The mean weights of the last layer over each token's source are added to `attention`, one token behind the other.
  void read(std::span<const Reading> readings, TokenRows& rows, float* attention = nullptr);

 private:
  void attend_within(std::ptrdiff_t layer, std::span<const Reading> readings, const FloatRows& projected,
                     const FloatRows& attended);
  void attend_across(std::ptrdiff_t layer, std::span<const Reading> readings, const FloatRows& queries, const FloatRows& attended,
                     float* attention);
  Memory memory(std::int32_t sentence, std::ptrdiff_t layer) const;
  std::byte* cache(std::ptrdiff_t layer) const;

  const Parameters& parameters_;
  const Kernels& kernels_;
  RowTable& table_;
  std::ptrdiff_t memory_bytes_;  // of one sentence's keys, or values, in one layer
  std::ptrdiff_t place_bytes_;   // of one token's key and value in one layer
  std::byte *memories_, *cache_;
  std::int32_t* source_lengths_;  // by sentence
  float* scratch_;
  // Of the tokens being read:
  std::vector<TokenId> tokens_;
  std::vector<std::int32_t> positions_;
};

}  // namespace mynah::packed
