// Whether a sentence is something that can be translated at all.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "inference/sentence_pair.h"

namespace mynah::inference {

/// A reason for suspicion, in words for the user; empty: none.
using Reason = std::optional<std::string>;

/// A phrase that follows itself again and again.
Reason source_loops(const SentencePair& pair);

/// The same among the sentences of a line, each of which may be well and translated well.
Reason source_repeats_sentences(std::span<const Part> sentences);

/// UTF-8 that was taken for Latin-1.
Reason source_mojibake(const SentencePair& pair);

/// Hardly a letter in it, and yet the target is another.
Reason source_symbols(const SentencePair& pair);

/// Another script or another language than the model's, unless the target is the same.
Reason source_language(const SentencePair& pair);

/// It ends where the network expected it to go on, and not as sentences end.
Reason source_breaks_off(const SentencePair& pair);

/// How strange the source is to its tokenizer: the share of pieces that are single letters or bytes, 0 to 1.
double strangeness(const SentencePair& pair);

}  // namespace mynah::inference
