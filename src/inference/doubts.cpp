#include "inference/doubts.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <tuple>

#include "text/sentences.h"
#include "text/utf8.h"

namespace mynah::inference {
namespace {

constexpr std::size_t kPairsAtOnce = 16;               // in a forced pass with attention
constexpr std::size_t kLeastPieces = 4;                // of half a sentence
constexpr std::uint64_t kWays = 3;                     // the whole, the first half, the second half
constexpr auto kSecondTries = std::uint64_t{1} << 62;  // numbers of jobs from here on: kWays for each sentence

double total(const Candidate& candidate) {
  return std::accumulate(candidate.piece_scores.begin(), candidate.piece_scores.end(), 0.0);
}

/// The lower the better: fewer reasons for suspicion, then less that is missing, then what the network holds more probable.
auto rank(const Verdict& verdict, const Candidate& candidate) {
  return std::tuple(verdict.of_source.size() + verdict.of_target.size(), verdict.missing.size(),
                    -total(candidate) / static_cast<double>(candidate.piece_scores.size()));
}

}  // namespace

std::optional<Job> GuardedDecoder::Doubts::next() {
  if (again_.empty()) {
    if (std::optional<Job> job = next_()) return job;
    look_closer();  // no use waiting for more
    compare();
  }
  if (again_.empty()) return std::nullopt;
  Job job = std::move(again_.front());
  again_.pop_front();
  return job;
}

void GuardedDecoder::Doubts::take(Job job, std::vector<Candidate> candidates) {
  if (job.number < kSecondTries) return take_first(std::move(job), std::move(candidates));
  take_second(job, std::move(candidates.front()));
}

void GuardedDecoder::Doubts::take_first(Job job, std::vector<Candidate> candidates) {
  Verdict verdict = decoder_.guard_->judge(decoder_.part_of(job), candidates.front());
  if (!verdict.of_source.empty() || (verdict.of_target.empty() && !verdict.doubtful)) {
    return done_(job, {std::move(candidates), findings_of(verdict)});
  }
  Attempt first{candidates.front(), std::move(verdict)};
  const std::uint64_t number = job.number;
  Doubt& doubt = doubts_[number] = {std::move(job), std::move(candidates), {std::move(first)}};
  doubtful_.push_back(&doubt);
  if (doubtful_.size() >= kPairsAtOnce) look_closer();
}

/// Some doubts are confirmed by attention, and some were certain before.
void GuardedDecoder::Doubts::look_closer() {
  std::vector<Examined> first;
  for (Doubt* doubt : doubtful_) first.emplace_back(doubt, &doubt->attempts.front());
  examine(std::move(first));
  for (Doubt* doubt : std::exchange(doubtful_, {})) {
    const bool is_suspect = !doubt->attempts.front().verdict.of_target.empty();
    if (is_suspect && decoder_.retries_) {
      try_again(*doubt, doubt->job, 0);
    } else {
      conclude(*doubt);
    }
  }
}

/// Part 0 is the whole; 1 and 2 are its halves.
void GuardedDecoder::Doubts::try_again(Doubt& doubt, Job job, std::size_t part) {
  job.part = part;
  job.number = kSecondTries + kWays * doubt.job.number + job.part;
  job.search = &decoder_.second_search_;
  again_.push_back(std::move(job));
  ++doubt.open;
}

void GuardedDecoder::Doubts::take_second(const Job& job, Candidate candidate) {
  Doubt& doubt = doubts_.at((job.number - kSecondTries) / kWays);
  if (job.part > 0) {
    doubt.halves[job.part - 1] = std::move(candidate);
    if (--doubt.open > 0) return;
    candidate = joined(doubt.halves[0], doubt.halves[1]);
    const auto limit = static_cast<std::size_t>(search::length_limit(decoder_.options_.search, doubt.job.source.size()));
    if (candidate.pieces.size() >= limit) return conclude(doubt);
  } else {
    --doubt.open;
  }
  doubt.attempts.push_back({std::move(candidate), {}});
  tried_.push_back(&doubt);
  if (tried_.size() >= kPairsAtOnce) compare();
}

void GuardedDecoder::Doubts::compare() {
  std::vector<Examined> attempts;
  for (Doubt* doubt : tried_) attempts.emplace_back(doubt, &doubt->attempts.back());
  examine(std::move(attempts));
  for (Doubt* doubt : std::exchange(tried_, {})) {
    if (!try_halves(*doubt)) conclude(*doubt);
  }
}

/// Halves are for those whom the whole has not helped; what is merely improbable stays so in pieces.
bool GuardedDecoder::Doubts::try_halves(Doubt& doubt) {
  const auto& [candidate, verdict] = doubt.attempts.back();
  constexpr std::size_t kWholeIsThere = 2;
  if (doubt.attempts.size() > kWholeIsThere || verdict.of_target.empty() || doubt.attempts.front().verdict.only_improbable()) {
    return false;
  }
  for (const Job& half : halves_of(doubt.job)) try_again(doubt, half, half.part);
  return doubt.open > 0;
}

/// Judges attempts with what a forced pass says about them, which also scores those that no search has scored.
void GuardedDecoder::Doubts::examine(std::vector<Examined> attempts) const {
  const auto is_scored = [](const Examined& examined) { return !examined.second->candidate.piece_scores.empty(); };
  const auto unscored = std::ranges::stable_partition(attempts, is_scored);
  const auto with = [&](std::span<const Examined> group, bool scores) {
    std::vector<std::vector<TokenId>> targets;
    std::vector<search::Pair> pairs;
    for (const auto& [doubt, attempt] : group) targets.push_back(ids_of(attempt->candidate));
    for (std::size_t i = 0; i < group.size(); ++i) pairs.push_back({group[i].first->job.source, targets[i]});
    const auto passes = decoder_.network_->forced(pairs, {.log_probabilities = scores, .attention = true});
    for (std::size_t i = 0; i < group.size(); ++i) {
      const Job& job = group[i].first->job;
      auto& [candidate, verdict] = *group[i].second;
      if (scores) score(passes[i], job, candidate);
      verdict = decoder_.guard_->judge(decoder_.part_of(job), candidate);
      decoder_.guard_->judge_attention(passes[i].attention, job.source.size(), verdict);
    }
  };
  with({attempts.begin(), unscored.begin()}, false);
  with({unscored.begin(), attempts.end()}, true);
}

void GuardedDecoder::Doubts::conclude(Doubt& doubt) {
  auto& [job, candidates, attempts, halves, open] = doubt;
  const std::uint64_t number = job.number;
  const auto best =
      std::ranges::min_element(attempts, {}, [](const Attempt& attempt) { return rank(attempt.verdict, attempt.candidate); });
  candidates.front() = std::move(best->candidate);
  done_(job, {std::move(candidates), findings_of(best->verdict), attempts.size() > 1});
  doubts_.erase(number);
}

/// Cut at a clause; none of a sentence that is too short.
std::vector<Job> GuardedDecoder::Doubts::halves_of(const Job& job) const {
  std::vector<Job> halves;
  const std::size_t cut = split_point(job.text, decoder_.source_language_);
  const std::string_view text = job.text;
  for (const std::string_view half : {trim_end(text.substr(0, cut)), trim_start(text.substr(cut))}) {
    std::vector<TokenId> ids = decoder_.tokenizers_.source->encode(half);
    if (ids.size() < kLeastPieces || ids.size() >= job.source.size()) return {};
    ids.push_back(decoder_.tokenizers_.vocabulary->end());
    halves.push_back({job.number, job.line, halves.size() + 1, std::move(ids), std::string(half)});
  }
  return halves;
}

/// Two targets as one, without scores.
Candidate GuardedDecoder::Doubts::joined(const Candidate& first, const Candidate& second) const {
  const std::string text = first.text + decoder_.space_ + second.text;
  Candidate candidate = decoder_.decoder_.describe(decoder_.tokenizers_.target->encode(text));
  candidate.text = text;
  candidate.complete = first.complete && second.complete;
  return candidate;
}

std::vector<TokenId> GuardedDecoder::Doubts::ids_of(const Candidate& candidate) const {
  std::vector<TokenId> ids;
  for (const std::string& piece : candidate.pieces) ids.push_back(decoder_.tokenizers_.vocabulary->id(piece).value());
  ids.push_back(decoder_.tokenizers_.vocabulary->end());
  return ids;
}

void GuardedDecoder::Doubts::score(const search::ForcedPass& pass, const Job& job, Candidate& candidate) const {
  candidate.piece_scores = pass.log_probabilities;
  const auto length = static_cast<double>(pass.log_probabilities.size());
  candidate.score = total(candidate) / std::pow(length, decoder_.options_.search.length_penalty);
  if (decoder_.options_.alignment) candidate.alignment = SentenceDecoder::align(pass, job.source.size());
}

}  // namespace mynah::inference
