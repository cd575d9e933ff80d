#include "packed/workspace.h"

#include <algorithm>

namespace mynah::packed {
namespace {

/// Tokens that the encoder reads at once where sentences are short: enough to make good use of each weight.
constexpr std::ptrdiff_t kEncoderTokens = 192;

}  // namespace

Workspace::Workspace(const Parameters& parameters, const Kernels& kernels, const Limits& limits)
    : table(limits.rows, limits.target_length, arena),
      tokens(parameters, kernels, std::max({limits.tokens, limits.source_length, kEncoderTokens}),
             std::max(limits.source_length, limits.target_length), arena),
      encoder(parameters, kernels, limits.source_length, arena),
      decoder(parameters, kernels, table, limits.source_length, arena) {}

void Workspace::admit(std::span<const std::span<const TokenId>> sources) {
  while (!sources.empty()) {
    const int first_row = table.rows();
    std::ptrdiff_t count = 0, length = 0;
    for (const auto& source : sources) {
      length += std::ssize(source);
      if (count > 0 && length > kEncoderTokens) break;
      table.admit();
      ++count;
    }
    const auto together = sources.first(static_cast<std::size_t>(count));
    encoder.encode(together, tokens);
    decoder.remember(together, first_row, tokens);
    sources = sources.subspan(static_cast<std::size_t>(count));
  }
}

}  // namespace mynah::packed
