// What generation takes and gives back: lines, and the sentences and candidates they become.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "inference/finding.h"
#include "inference/read_account.h"
#include "text/repair.h"

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

/// A line to generate from, or a piece of one that is too long to be taken at once.
struct Line {
  Line(std::string line) : text(std::move(line)) {}  // NOLINT: a text is a line
  Line(std::string piece, bool ends, const Repairs& repaired) : text(std::move(piece)), complete(ends), repairs(repaired) {}

  std::string text;
  bool complete = true;  // false: the line goes on in the next one
  Repairs repairs;       // made so far
};

/// A line (or piece), decoded: its sentences in order. No parts where there is nothing to translate.
struct Generated {
  std::uint64_t line = 0;  // from 0
  std::vector<Part> parts;
  std::string text;         // best candidates joined
  bool complete = true;     // false: the line goes on in the next one
  int split_sentences = 0;  // sentences that were over the limit
  Repairs repairs;
  ReadAccount read;  // where it is a summary: of what
};

}  // namespace mynah::inference
