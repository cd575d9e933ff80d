#include "search/constraints.h"

#include <algorithm>

namespace mynah::search {
namespace {

/// Adds each token that once followed the n-1 tokens standing at the end now.
void add_repeats(std::span<const TokenId> tokens, std::size_t n, std::vector<TokenId>& forbidden) {
  if (tokens.size() < n) return;
  const std::span<const TokenId> ending = tokens.last(n - 1);
  for (std::size_t start = 0; start + n <= tokens.size(); ++start) {
    if (std::ranges::equal(tokens.subspan(start, n - 1), ending)) forbidden.push_back(tokens[start + n - 1]);
  }
}

}  // namespace

std::vector<TokenId> forbidden_tokens(std::span<const TokenId> tokens, const SearchOptions& options, const SpecialIds& ids) {
  std::vector<TokenId> forbidden = options.forbidden;
  if (std::ssize(tokens) < options.min_length) forbidden.push_back(ids.end);
  if (options.no_repeat_ngram > 0) add_repeats(tokens, static_cast<std::size_t>(options.no_repeat_ngram), forbidden);
  return forbidden;
}

}  // namespace mynah::search
