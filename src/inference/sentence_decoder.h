// Sentences in, candidate texts out: search on one step model, ids back to text, and the extras a user may wish for.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "inference/generated.h"
#include "inference/generation_options.h"
#include "search/decoder.h"
#include "search/network.h"
#include "text/tokenizer.h"

namespace mynah::inference {

/// A sentence on its way through search.
struct Job {
  std::uint64_t number = 0;  // of the sentence, from 0; sampling is seeded with it
  std::uint64_t line = 0;    // where it belongs
  std::size_t part = 0;
  std::vector<TokenId> source;                    // `</s>` last
  std::string text = {};                          // the sentence, for those who judge it
  const search::SearchOptions* search = nullptr;  // for this one, where it is another than for the rest
};

/// Decodes sentences. Safe to use from several threads, each with its own step model.
class SentenceDecoder {
 public:
  /// Throws UsageError when the prefix leaves no room below the length limit.
  SentenceDecoder(std::shared_ptr<const search::Network> network, TokenizerPair tokenizers, const GenerationOptions& options);

  /// Sentences decoded together at most.
  int mini_batch() const { return options_.mini_batch; }

  /// A step model for so many sentences at once, of so many ids each at most, that has at least so many rows.
  std::unique_ptr<search::StepModel> step_model(std::size_t sentences, std::size_t source_length, int least_rows = 1) const;

  /// Takes jobs from `next` while it has some and gives each back with its candidates, best first.
  void decode(search::StepModel& model, const std::function<std::optional<Job>()>& next,
              const std::function<void(Job, std::vector<Candidate>)>& done) const;

  /// A target as a candidate: its text and pieces, without scores and alignment.
  Candidate describe(std::span<const TokenId> target) const;

  /// For each target piece the source piece it looks at most, `</s>` of both sides apart.
  static std::vector<std::pair<int, int>> align(const search::ForcedPass& pass, std::size_t source_length);

 private:
  /// What the target may be made of; all where a sentence is decoded again.
  std::vector<TokenId> allowed(const Job& job) const;
  std::vector<Candidate> candidates_of(const Job& job, std::vector<search::Hypothesis> hypotheses) const;

  std::shared_ptr<const search::Network> network_;
  TokenizerPair tokenizers_;
  GenerationOptions options_;
  search::SpecialIds ids_;
  std::vector<TokenId> prefix_;
};

}  // namespace mynah::inference
