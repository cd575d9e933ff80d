// Decoding with second thoughts: what comes out is judged, and what is doubtful is decoded again in other ways.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "inference/guard.h"
#include "inference/sentence_decoder.h"

namespace mynah::inference {

/// A SentenceDecoder whose sentences pass a Guard. Safe to use from several threads, each with its own step model. What it gives
/// for a sentence depends on nothing but that sentence.
class GuardedDecoder {
 public:
  /// Without `options.guard` every sentence passes. With sampling, several candidates or a prefix, sentences are judged but not
  /// decoded again: the user asked for these very candidates.
  GuardedDecoder(std::shared_ptr<const search::Network> network, TokenizerPair tokenizers, std::string source_language,
                 std::string target_language, const GenerationOptions& options);

  /// Sentences decoded together at most, and those read ahead.
  int mini_batch() const { return decoder_.mini_batch(); }
  std::size_t read_ahead() const { return static_cast<std::size_t>(mini_batch()) * static_cast<std::size_t>(options_.maxi_batch); }
  std::unique_ptr<search::StepModel> step_model(std::size_t sentences, std::size_t source_length) const;

  /// Adds findings about a line as a whole, which is not decoded yet.
  void judge_line(std::vector<Part>& sentences) const {
    if (guard_) guard_->judge_line(sentences);
  }

  /// Takes jobs from `next` while it has some and gives every one of them back.
  void decode(search::StepModel& model, const std::function<std::optional<Job>()>& next,
              const std::function<void(const Job&, Decoded)>& done) const;

  /// A given target, scored and judged by a forced pass over these ids of it.
  Part judged(const Job& job, const std::string& target, std::span<const TokenId> ids, const search::ForcedPass& pass) const;

 private:
  class Doubts;

  Part part_of(const Job& job) const;

  std::shared_ptr<const search::Network> network_;
  TokenizerPair tokenizers_;
  GenerationOptions options_;
  search::SearchOptions second_search_;
  std::string source_language_;
  std::string space_;  // between two halves of a target
  bool retries_;
  SentenceDecoder decoder_;
  std::optional<Guard> guard_, guard_of_given_;
};

}  // namespace mynah::inference
