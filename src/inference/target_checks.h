// Whether a target can be the translation of its source.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "inference/sentence_pair.h"
#include "inference/source_checks.h"

namespace mynah::inference {

/// It ran into the length limit.
Reason target_cut(const SentencePair& pair);

/// It goes round in circles, and the source does not.
Reason target_loops(const SentencePair& pair);

/// Another script or another language than the wanted one, or the source itself.
Reason target_language(const SentencePair& pair);

/// Much longer or shorter than is usual for these languages.
Reason target_length(const SentencePair& pair);
/// Rather short, or without the end of sentence that the source has: not enough for suspicion.
bool target_is_shortish(const SentencePair& pair);

/// How improbable the network finds it: -log p per piece beyond chance; `strange` sources (0 to 1) make any target doubtful.
double improbability(const SentencePair& pair, double strange);

/// It ends where the network would have gone on.
Reason target_breaks_off(const SentencePair& pair);

/// Pieces of the source that nothing in the target looked at (coverage, Wu et al. 2016), by attention [target, source].
Reason target_omits(std::span<const float> attention, std::size_t source_length);

/// What should have survived and did not: numbers, URLs, mail addresses, placeholders.
std::vector<std::string> target_misses(const SentencePair& pair);

}  // namespace mynah::inference
