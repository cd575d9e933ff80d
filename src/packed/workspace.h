// All that one worker decodes with: rows of tokens, encoder, decoder, and the memory behind them.
#pragma once
#include <span>

#include "packed/decoder.h"

namespace mynah::packed {

/// Of one worker; the parameters are shared.
class Workspace {
 public:
  /// At most so many rows, ids of a source and of a target, and tokens that pass through the decoder at once.
  struct Limits {
    int rows;
    std::ptrdiff_t source_length, target_length, tokens;
  };
  Workspace(const Parameters& parameters, const Kernels& kernels, const Limits& limits);

  /// New rows of the table, one per source, which have read nothing yet.
  void admit(std::span<const std::span<const TokenId>> sources);

  Arena arena;
  RowTable table;
  TokenRows tokens;
  Encoder encoder;
  Decoder decoder;
};

}  // namespace mynah::packed
