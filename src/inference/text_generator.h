// Text in, text out, knowing only search::Network: the recipe text → sentences → ids → search → text, for any number of lines.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "inference/generation_options.h"
#include "search/decoder.h"
#include "search/network.h"
#include "text/sentences.h"
#include "text/tokenizer.h"

namespace mynah::inference {

/// One candidate text of a line with what --n-best, --word-scores, --alignment and --json show.
struct Candidate {
  std::string text;
  double score = 0;
  std::vector<std::string> pieces;             // of the target, `</s>` not among them
  std::vector<float> piece_scores;             // natural-log probabilities, `</s>` last
  std::vector<std::pair<int, int>> alignment;  // source piece, target piece; when wished
};

/// One sentence of a line, decoded.
struct Part {
  std::string source;     // the sentence
  std::string separator;  // what stands between it and the next one in the output
  std::vector<std::string> source_pieces;
  std::vector<Candidate> candidates;  // best first
};

/// A line, decoded: its sentences in order. No parts for a blank line.
struct Generated {
  std::uint64_t line = 0;  // from 0
  std::vector<Part> parts;
  std::string text;  // best candidates joined
};

/// What happened, for the account at the end.
struct Account {
  std::uint64_t lines = 0, blank_lines = 0, sentences = 0, split_sentences = 0, repaired_lines = 0;
  std::uint64_t source_tokens = 0, target_tokens = 0, unfinished = 0;
  double elapsed_seconds = 0;
};

/// Generates text with one network. Shared by translate, validation and, later, summarize.
class TextGenerator {
 public:
  TextGenerator(std::shared_ptr<const search::Network> network, TokenizerPair tokenizers, std::string source_language,
                std::string target_language, const GenerationOptions& options);

  /// Decodes lines as `next` hands them out (empty optional: no more) and gives results to `done` in the order of the lines, as
  /// soon as each is final. Lines are cut into sentences; sentences of several lines share batches. Stops early, with every line
  /// before it given, when `stop` says so.
  Account generate(const std::function<std::optional<std::string>()>& next, const std::function<void(const Generated&)>& done,
                   const std::function<bool()>& stop = {}) const;

  /// One text, for short.
  std::string generate(const std::string& text) const;

  /// Scores given pairs: Σ log p over the target's pieces and `</s>`, one forced pass per batch.
  std::vector<Candidate> score(const std::vector<std::string>& sources, const std::vector<std::string>& targets) const;

 private:
  std::shared_ptr<const search::Network> network_;
  TokenizerPair tokenizers_;
  std::string source_language_, target_language_;
  GenerationOptions options_;
};

}  // namespace mynah::inference
