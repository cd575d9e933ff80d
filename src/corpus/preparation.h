// From pairs of texts to pairs of ids, or to the reason why a pair is left out.
#pragma once
#include <vector>

#include "corpus/cache.h"
#include "corpus/pair_reader.h"
#include "text/tokenizer.h"

namespace mynah::corpus {

/// A pair on its way into the cache.
struct Prepared {
  TextPair text;                        // valid UTF-8 once prepared
  std::vector<TokenId> source, target;  // ending in `</s>`
  const char* left_out = nullptr;       // why, if it is
  bool repaired = false;                // it held invalid UTF-8
  bool reduced = false;                 // of a document that was too long, the best sentences are left
};

/// The next pairs, as many as a few megabytes hold; none at the end.
std::vector<Prepared> read_block(PairReader& reader);

/// Fills in all but the texts. Works on all cores, each pair for itself, so that the result does not depend on how many there
/// are.
void prepare(std::vector<Prepared>& block, const CachePlan& plan, const TokenizerPair& tokenizers);

}  // namespace mynah::corpus
