// Documents that are longer than a network reads, as their best sentences.
#pragma once
#include <string>

#include "text/tokenizer.h"

namespace mynah::corpus {

/// The leading ">>style<< " of a text; empty where there is none.
std::string_view style_token(std::string_view text);

/// As many of the best sentences (documents/ranking) as fit into `most_ids` with the end, in order, behind the style token that
/// the text begins with. Empty where not even one fits.
std::string reduced_document(std::string_view text, const std::string& language, const Tokenizer& tokenizer,
                             std::size_t most_ids);

}  // namespace mynah::corpus
