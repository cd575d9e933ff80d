// How to search: the one place where beam search, sampling and their limits are told what to do.
#pragma once
#include <cstdint>
#include <vector>

#include "text/token_id.h"

namespace mynah::search {

/// How to search. Beam search is the design's: 2·beam candidates a step; `</s>` counts only among the first `beam`;
/// score = Σ log p / length^length_penalty with `</s>` counted; a sentence ends when `beam` hypotheses have finished;
/// `</s>` is forced at the limit. A beam of one is greedy.
struct SearchOptions {
  int beam = 4;
  double length_penalty = 1;
  int n_best = 1;                // hypotheses returned, at most beam
  int min_length = 0;            // ids before `</s>` may come
  double max_length_factor = 3;  // limit of target ids = max_length_factor · source ids + max_length_offset …
  int max_length_offset = 20;
  int max_length = 512;            // … and never more than this, `</s>` included
  int no_repeat_ngram = 0;         // no n-gram of this size twice; 0: off
  double repetition_penalty = 1;   // Keskar et al. 2019: log-probabilities of tokens already there, times this; 1: off
  std::vector<TokenId> forbidden;  // never chosen
  bool sample = false;             // draw instead of searching; beam is then ignored, n_best draws are made
  double temperature = 1;
  int top_k = 0;     // 0: off
  double top_p = 1;  // nucleus (Holtzman et al. 2020); 1: off
  std::int64_t seed = 1;
};

/// Special ids of the vocabulary.
struct SpecialIds {
  TokenId end, pad, unknown;
};

}  // namespace mynah::search
