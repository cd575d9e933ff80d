// Sentences in, hypotheses out: rows of a StepModel kept busy with beam search, greedy search or sampling.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "search/network.h"

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
  int max_length = 512;           // … and never more than this, `</s>` included
  int no_repeat_ngram = 0;        // no n-gram of this size twice; 0: off
  double repetition_penalty = 1;  // Keskar et al. 2019; 1: off
  bool sample = false;            // draw instead of searching; beam is then ignored, n_best draws are made
  double temperature = 1;
  int top_k = 0;     // 0: off
  double top_p = 1;  // nucleus (Holtzman et al. 2020); 1: off
  std::uint64_t seed = 1;
};

/// One sentence to decode; `key` comes back with its result.
struct Request {
  std::uint64_t key = 0;
  std::vector<TokenId> source;   // ends in `</s>`
  std::vector<TokenId> prefix;   // forced beginning of the target, without `</s>`
  std::vector<TokenId> allowed;  // sorted shortlist; empty: all
};

/// One finished target.
struct Hypothesis {
  std::vector<TokenId> tokens;           // without start and `</s>`
  std::vector<float> log_probabilities;  // of each token and of `</s>`: tokens.size() + 1 of them
  double score = 0;                      // length-normalised
  bool complete = true;                  // false: `</s>` was forced at the limit
};

struct Result {
  std::uint64_t key = 0;
  std::vector<Hypothesis> hypotheses;  // best first, n_best of them
};

/// Special ids of the vocabulary.
struct SpecialIds {
  TokenId end, pad, unknown;
};

/// Decodes sentences with a step model whose finished rows are refilled with waiting sentences between steps.
/// `next` is asked for more work whenever rows are free (none: empty optional); `done` gets every result, in order of finishing.
/// Returns when `next` gave none and all rows are finished. Equal requests give equal results whatever stands beside them,
/// sampling included (each request draws from a generator of its own: seed and key).
void decode(StepModel& model, const SearchOptions& options, const SpecialIds& ids,
            const std::function<std::optional<Request>()>& next, const std::function<void(Result)>& done);

}  // namespace mynah::search
