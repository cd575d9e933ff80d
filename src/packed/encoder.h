// The encoder: sentences one after the other, without padding between them.
#pragma once
#include <span>
#include <vector>

#include "packed/token_rows.h"

namespace mynah::packed {

class Encoder {
 public:
  /// For sources of at most `max_length` ids.
  Encoder(const Parameters& parameters, const Kernels& kernels, std::ptrdiff_t max_length, Arena& arena);

  /// Afterwards the rows' words are the encoded tokens of all sentences, whose ids fit into the rows together.
  void encode(std::span<const std::span<const TokenId>> sources, TokenRows& rows);

 private:
  void attend(std::span<const std::span<const TokenId>> sources, const FloatRows& projected, const FloatRows& attended);

  const Parameters& parameters_;
  const Kernels& kernels_;
  Memory memory_;  // of the sentence at hand
  float* scratch_;
  std::vector<TokenId> tokens_;
  std::vector<std::int32_t> positions_;
};

}  // namespace mynah::packed
