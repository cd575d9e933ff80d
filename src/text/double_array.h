// A look at the rules of text normalisation in an .spm file. SentencePiece walks through them without looking where it steps.
#pragma once
#include <string_view>

namespace mynah {

/// Throws Error unless `rules` (size of a trie in bytes, the trie as a double array in the form of Darts-clone, the zero-ended
/// texts that its leaves name) can be walked by any text within bounds, and no text begins with more rules than SentencePiece has
/// room for.
void check_normalization_rules(std::string_view rules);

}  // namespace mynah
