#include "inference/guarded_decoder.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "inference/doubts.h"
#include "inference/preparation.h"
#include "text/sentences.h"

namespace mynah::inference {
namespace {

constexpr int kVocabularyOfWords = 4'000;  // with fewer pieces, words fall apart even where nothing is strange about them

/// How search goes about it the second time: with several hypotheses, without repeating itself, longer targets liked better but
/// within reason.
search::SearchOptions second_search(search::SearchOptions search) {
  constexpr int kLeastBeam = 4, kRepeated = 3;
  constexpr double kLonger = 0.5, kLongestFactor = 2;
  search.beam = std::max(search.beam, kLeastBeam);
  search.no_repeat_ngram = kRepeated;
  search.length_penalty += kLonger;
  search.max_length_factor = std::min(search.max_length_factor, kLongestFactor);
  return search;
}

}  // namespace

GuardedDecoder::GuardedDecoder(std::shared_ptr<const search::Network> network, TokenizerPair tokenizers,
                               std::string source_language, std::string target_language, const GenerationOptions& options)
    : network_(network),
      tokenizers_(tokenizers),
      options_(options),
      second_search_(second_search(options.search)),
      source_language_(source_language),
      space_(writes_spaces(target_language) ? " " : ""),
      retries_(options.guard && !options.search.sample && options.search.n_best == 1 && options.prefix.empty()),
      decoder_(std::move(network), std::move(tokenizers), options) {
  if (!options.guard) return;
  const Languages languages{std::move(source_language), std::move(target_language)};
  GuardChecks checks, of_given = checks_of_given();
  checks.pieces = of_given.pieces = tokenizers_.vocabulary->size() >= kVocabularyOfWords;
  guard_.emplace(languages, checks);
  guard_of_given_.emplace(languages, of_given);
}

std::unique_ptr<search::StepModel> GuardedDecoder::step_model(std::size_t sentences, std::size_t source_length) const {
  return decoder_.step_model(sentences, source_length, retries_ ? search::rows_per_sentence(second_search_) : 1);
}

void GuardedDecoder::decode(search::StepModel& model, const std::function<std::optional<Job>()>& next,
                            const std::function<void(const Job&, Decoded)>& done) const {
  if (!guard_) {
    return decoder_.decode(model, next,
                           [&](const Job& job, std::vector<Candidate> candidates) { done(job, {std::move(candidates)}); });
  }
  Doubts doubts(*this, next, done);
  decoder_.decode(
      model, [&] { return doubts.next(); },
      [&](Job job, std::vector<Candidate> candidates) { doubts.take(std::move(job), std::move(candidates)); });
}

Part GuardedDecoder::judged(const Job& job, const std::string& target, std::span<const TokenId> ids,
                            const search::ForcedPass& pass) const {
  Part part = part_of(job);
  Candidate candidate = decoder_.describe(ids.first(ids.size() - 1));
  candidate.text = target;
  candidate.piece_scores = pass.log_probabilities;
  candidate.score = std::accumulate(candidate.piece_scores.begin(), candidate.piece_scores.end(), 0.0);
  if (options_.alignment) candidate.alignment = SentenceDecoder::align(pass, job.source.size());
  if (guard_of_given_) {
    Verdict verdict = guard_of_given_->judge(part, candidate);
    guard_of_given_->judge_attention(pass.attention, job.source.size(), verdict);
    part.findings = findings_of(verdict);
  }
  part.candidates.push_back(std::move(candidate));
  return part;
}

Part GuardedDecoder::part_of(const Job& job) const {
  Part part{job.text, {}, {}, {}};
  for (const TokenId id : std::span(job.source).first(job.source.size() - 1)) {
    part.source_pieces.push_back(tokenizers_.vocabulary->piece(id));
  }
  return part;
}

}  // namespace mynah::inference
