// What goes into a search (a request) and what comes out (hypotheses).
#pragma once
#include <cstdint>
#include <vector>

#include "text/token_id.h"

namespace mynah::search {

struct SearchOptions;

/// One sentence to decode; `key` comes back with its result.
struct Request {
  std::uint64_t key = 0;
  std::vector<TokenId> source;             // ends in `</s>`
  std::vector<TokenId> prefix;             // forced beginning of the target, without `</s>`
  std::vector<TokenId> allowed;            // sorted shortlist; empty: all
  const SearchOptions* options = nullptr;  // how to search for this one, where it is another way than for the rest
};

/// One finished target. What was given or forced (the prefix, `</s>` at the limit) counts as certain: its log-probability is 0;
/// the prefix counts for no length either.
struct Hypothesis {
  std::vector<TokenId> tokens;           // without start and `</s>`
  std::vector<float> log_probabilities;  // of each token and of `</s>`: tokens.size() + 1 of them
  double score = 0;                      // length-normalised
  bool complete = true;                  // false: `</s>` was forced
};

struct Result {
  std::uint64_t key = 0;
  std::vector<Hypothesis> hypotheses;  // best first; n_best of them, fewer only where the constraints leave no more
};

}  // namespace mynah::search
