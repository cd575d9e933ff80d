// What may not come next, decided from the tokens so far.
#pragma once
#include <span>
#include <vector>

#include "search/search_options.h"

namespace mynah::search {

/// The tokens that may not follow `tokens`: the caller's, `</s>` below the minimum length, and whatever would repeat an n-gram.
std::vector<TokenId> forbidden_tokens(std::span<const TokenId> tokens, const SearchOptions& options, const SpecialIds& ids);

}  // namespace mynah::search
