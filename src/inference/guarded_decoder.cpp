#include "inference/guarded_decoder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <tuple>
#include <utility>

#include "inference/preparation.h"
#include "text/sentences.h"
#include "text/utf8.h"

namespace mynah::inference {
namespace {

constexpr std::size_t kPairsAtOnce = 16;   // in a forced pass with attention
constexpr std::size_t kLeastPieces = 4;    // of half a sentence
constexpr std::size_t kWays = 3;           // the whole, the first half, the second half
constexpr int kVocabularyOfWords = 4'000;  // with fewer pieces, words fall apart even where nothing is strange about them

double total(const Candidate& candidate) {
  return std::accumulate(candidate.piece_scores.begin(), candidate.piece_scores.end(), 0.0);
}

/// How search goes about it the second time: with several hypotheses, without repeating itself, longer targets liked better.
search::SearchOptions second_search(search::SearchOptions search) {
  constexpr int kLeastBeam = 4, kRepeated = 3;
  constexpr double kLonger = 0.5;
  search.beam = std::max(search.beam, kLeastBeam);
  search.no_repeat_ngram = kRepeated;
  search.length_penalty += kLonger;
  return search;
}

/// The lower the better: fewer reasons for suspicion, then less that is missing, then what the network holds more probable.
auto rank(const Verdict& verdict, const Candidate& candidate) {
  return std::tuple(verdict.of_source.size() + verdict.of_target.size(), verdict.missing.size(),
                    -total(candidate) / static_cast<double>(candidate.piece_scores.size()));
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
  GuardChecks checks;
  checks.pieces = tokenizers_.vocabulary->size() >= kVocabularyOfWords;
  guard_.emplace(Languages{std::move(source_language), std::move(target_language)}, checks);
}

std::unique_ptr<search::StepModel> GuardedDecoder::step_model(std::size_t sentences, std::size_t source_length) const {
  return decoder_.step_model(sentences, source_length, retries_ ? search::rows_per_sentence(second_search_) : 1);
}

void GuardedDecoder::decode(search::StepModel& model, const std::function<std::optional<Job>()>& next,
                            const std::function<void(const Job&, Decoded)>& done) const {
  const auto most_held = static_cast<std::size_t>(options_.mini_batch);
  std::vector<Doubt> doubts;
  decoder_.decode(
      model, [&] { return doubts.size() < most_held ? next() : std::nullopt; },
      [&](Job job, std::vector<Candidate> candidates) {
        if (!guard_) return done(job, {std::move(candidates)});
        Verdict verdict = guard_->judge(part_of(job), candidates.front());
        if (!verdict.of_source.empty() || (verdict.of_target.empty() && !verdict.doubtful)) {
          return done(job, {std::move(candidates), findings_of(verdict)});
        }
        Attempt first{candidates.front(), std::move(verdict)};
        doubts.push_back({std::move(job), std::move(candidates), {std::move(first)}});
      });
  look_again(model, doubts);
  for (auto& [job, candidates, attempts] : doubts) {
    const auto best =
        std::ranges::min_element(attempts, {}, [](const Attempt& attempt) { return rank(attempt.verdict, attempt.candidate); });
    candidates.front() = std::move(best->candidate);
    done(job, {std::move(candidates), findings_of(best->verdict), attempts.size() > 1});
  }
}

Part GuardedDecoder::judged(const Job& job, const std::string& target, std::span<const TokenId> ids,
                            const search::ForcedPass& pass) const {
  Part part = part_of(job);
  Candidate candidate = decoder_.describe(ids.first(ids.size() - 1));
  candidate.text = target;
  candidate.piece_scores = pass.log_probabilities;
  candidate.score = total(candidate);
  if (options_.alignment) candidate.alignment = SentenceDecoder::align(pass, job.source.size());
  if (guard_) {
    Verdict verdict = guard_->judge(part, candidate);
    guard_->judge_attention(pass, verdict);
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

void GuardedDecoder::look_again(search::StepModel& model, std::vector<Doubt>& doubts) const {
  std::vector<Examined> first;
  for (Doubt& doubt : doubts) first.emplace_back(&doubt.job, &doubt.attempts.front());
  examine(first);
  if (!retries_) return;
  std::vector<Doubt*> suspects;
  for (Doubt& doubt : doubts) {
    if (!doubt.attempts.front().verdict.of_target.empty()) suspects.push_back(&doubt);
  }
  decode_again(model, suspects);
}

/// Judges attempts with what a forced pass says about them, which also scores those that no search has scored.
void GuardedDecoder::examine(std::span<const Examined> attempts) const {
  while (!attempts.empty()) {
    const auto chunk = attempts.first(std::min(attempts.size(), kPairsAtOnce));
    attempts = attempts.subspan(chunk.size());
    std::vector<std::vector<TokenId>> targets;
    std::vector<search::Pair> pairs;
    for (const auto& [job, attempt] : chunk) targets.push_back(ids_of(attempt->candidate));
    for (std::size_t i = 0; i < chunk.size(); ++i) pairs.push_back({chunk[i].first->source, targets[i]});
    const std::vector<search::ForcedPass> passes = network_->forced(pairs, {.attention = true});
    for (std::size_t i = 0; i < chunk.size(); ++i) {
      const auto& [job, attempt] = chunk[i];
      if (attempt->candidate.piece_scores.empty()) score(passes[i], *job, attempt->candidate);
      attempt->verdict = guard_->judge(part_of(*job), attempt->candidate);
      guard_->judge_attention(passes[i], attempt->verdict);
    }
  }
}

/// Adds two attempts to every suspect: the whole by the second search, and its halves by the second search, joined.
void GuardedDecoder::decode_again(search::StepModel& model, std::span<Doubt* const> suspects) const {
  if (suspects.empty()) return;
  std::vector<Job> jobs;
  for (std::size_t i = 0; i < suspects.size(); ++i) {
    for (Job& job : other_ways(suspects[i]->job)) {
      job.number = kWays * i + job.part;
      jobs.push_back(std::move(job));
    }
  }
  std::ranges::stable_sort(jobs, std::ranges::greater(), [](const Job& job) { return job.source.size(); });
  std::vector<Candidate> found(kWays * suspects.size());
  auto waiting = jobs.begin();
  decoder_.decode(
      model, second_search_, [&] { return waiting == jobs.end() ? std::nullopt : std::optional(std::move(*waiting++)); },
      [&](const Job& job, std::vector<Candidate> candidates) { found[job.number] = std::move(candidates.front()); });
  std::vector<Examined> attempts;
  for (std::size_t i = 0; i < suspects.size(); ++i) {
    auto& [job, candidates, tried] = *suspects[i];
    const auto ways = std::span(found).subspan(kWays * i, kWays);
    if (!ways[1].piece_scores.empty()) {  // it had halves
      Candidate halves = joined(ways[1], ways[2]);
      const auto limit = static_cast<std::size_t>(search::length_limit(options_.search, job.source.size()));
      if (halves.pieces.size() < limit) tried.push_back({std::move(halves), {}});
    }
    tried.push_back({std::move(ways[0]), {}});
    for (Attempt& attempt : std::span(tried).subspan(1)) attempts.emplace_back(&job, &attempt);
  }
  examine(attempts);
}

/// The whole sentence and, where it is long enough, its halves, cut at a clause; `part` says which is which.
std::vector<Job> GuardedDecoder::other_ways(const Job& job) const {
  std::vector<Job> ways{job};
  ways.front().part = 0;
  const std::size_t cut = split_point(job.text, source_language_);
  const std::string_view text = job.text;
  for (const std::string_view half : {trim_end(text.substr(0, cut)), trim_start(text.substr(cut))}) {
    std::vector<TokenId> ids = tokenizers_.source->encode(half);
    if (ids.size() < kLeastPieces || ids.size() >= job.source.size()) return {ways.front()};
    ids.push_back(tokenizers_.vocabulary->end());
    ways.push_back({job.number, job.line, ways.size(), std::move(ids), std::string(half)});
  }
  return ways;
}

/// Two targets as one, without scores.
Candidate GuardedDecoder::joined(const Candidate& first, const Candidate& second) const {
  const std::string text = first.text + space_ + second.text;
  Candidate candidate = decoder_.describe(tokenizers_.target->encode(text));
  candidate.text = text;
  candidate.complete = first.complete && second.complete;
  return candidate;
}

std::vector<TokenId> GuardedDecoder::ids_of(const Candidate& candidate) const {
  std::vector<TokenId> ids;
  for (const std::string& piece : candidate.pieces) ids.push_back(tokenizers_.vocabulary->id(piece).value());
  ids.push_back(tokenizers_.vocabulary->end());
  return ids;
}

void GuardedDecoder::score(const search::ForcedPass& pass, const Job& job, Candidate& candidate) const {
  candidate.piece_scores = pass.log_probabilities;
  const auto length = static_cast<double>(pass.log_probabilities.size());
  candidate.score = total(candidate) / std::pow(length, options_.search.length_penalty);
  if (options_.alignment) candidate.alignment = SentenceDecoder::align(pass, job.source.size());
}

}  // namespace mynah::inference
