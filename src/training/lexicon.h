// Which target pieces translate which source pieces, learnt from pairs of sentences alone.
#pragma once
#include <cstdint>
#include <span>

#include "model/shortlist.h"

namespace mynah::training {

/// Ids of two sentences, seen `weight` times.
struct WeightedPair {
  std::span<const TokenId> source, target;
  double weight = 1;
};

struct LexiconOptions {
  int iterations = 5;
  double least = 1e-4;  // translations expected of fewer occurrences of a source piece than this share are forgotten
  int threads = 1;
};

/// IBM model 1 (Brown et al. 1993): every target piece comes from one piece of the source, all equally probable beforehand;
/// t(target | source) by expectation-maximisation from equal ones. There is no empty word: where sources end in `</s>`, that is
/// what pieces without a counterpart come from. The number of threads changes nothing. Memory: a number for each target piece of
/// the pairs and eight bytes for each translation that is not forgotten.
model::Lexicon learn_lexicon(std::span<const WeightedPair> pairs, int vocabulary, const LexiconOptions& options = {});

}  // namespace mynah::training
