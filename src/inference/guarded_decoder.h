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

  std::unique_ptr<search::StepModel> step_model(std::size_t sentences, std::size_t source_length) const;

  /// Adds findings about a line as a whole, which is not decoded yet.
  void judge_line(std::vector<Part>& sentences) const {
    if (guard_) guard_->judge_line(sentences);
  }

  /// Takes jobs from `next` and gives every one of them back; returns when `next` has none, or when many doubtful sentences have
  /// come together.
  void decode(search::StepModel& model, const std::function<std::optional<Job>()>& next,
              const std::function<void(const Job&, Decoded)>& done) const;

  /// A given target, scored and judged by a forced pass over these ids of it.
  Part judged(const Job& job, const std::string& target, std::span<const TokenId> ids, const search::ForcedPass& pass) const;

 private:
  struct Attempt {
    Candidate candidate;
    Verdict verdict;
  };
  struct Doubt {
    Job job;
    std::vector<Candidate> candidates;
    std::vector<Attempt> attempts;  // the first one is the best of the candidates
  };
  using Examined = std::pair<const Job*, Attempt*>;

  Part part_of(const Job& job) const;
  void look_again(search::StepModel& model, std::vector<Doubt>& doubts) const;
  void examine(std::span<const Examined> attempts) const;
  void decode_again(search::StepModel& model, std::span<Doubt* const> suspects) const;
  std::vector<Job> other_ways(const Job& job) const;
  Candidate joined(const Candidate& first, const Candidate& second) const;
  std::vector<TokenId> ids_of(const Candidate& candidate) const;
  void score(const search::ForcedPass& pass, const Job& job, Candidate& candidate) const;

  std::shared_ptr<const search::Network> network_;
  TokenizerPair tokenizers_;
  GenerationOptions options_;
  search::SearchOptions second_search_;
  std::string source_language_;
  std::string space_;  // between two halves of a target
  bool retries_;
  SentenceDecoder decoder_;
  std::optional<Guard> guard_;
};

}  // namespace mynah::inference
