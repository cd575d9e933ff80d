// What generation gives back: candidates of sentences, sentences of lines, and the account of it all.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "inference/finding.h"

namespace mynah::inference {

/// One candidate text with what --n-best, --word-scores, --alignment and --json show.
struct Candidate {
  std::string text;
  double score = 0;
  std::vector<std::string> pieces;             // of the target, `</s>` not among them
  std::vector<float> piece_scores;             // natural-log probabilities, `</s>` last
  std::vector<std::pair<int, int>> alignment;  // source piece, target piece; when wished
  bool complete = true;                        // false: cut off at the length limit
};

/// What decoding finds for a sentence.
struct Decoded {
  std::vector<Candidate> candidates;  // best first
  std::vector<Finding> findings = {};
  bool retried = false;  // the guard had it decoded again
};

/// One sentence of a line, decoded.
struct Part {
  std::string source;     // the sentence
  std::string separator;  // what stands between it and the next one in the output
  std::vector<std::string> source_pieces;
  std::vector<Candidate> candidates;  // best first
  std::vector<Finding> findings = {};
  bool retried = false;  // the guard had it decoded again
};

/// A line, decoded: its sentences in order. No parts for a blank line.
struct Generated {
  std::uint64_t line = 0;  // from 0
  std::vector<Part> parts;
  std::string text;  // best candidates joined
};

/// What happened, for the account at the end.
struct Account {
  std::uint64_t lines = 0, blank_lines = 0, sentences = 0;  // of the lines that were given
  std::uint64_t source_tokens = 0, target_tokens = 0, unfinished = 0;
  std::uint64_t split_sentences = 0, repaired_lines = 0;  // of the lines that were read
  std::uint64_t suspects = 0, retries = 0;                // sentences that are doubtful, that were decoded again
  double elapsed_seconds = 0;
};

}  // namespace mynah::inference
