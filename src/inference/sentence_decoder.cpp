#include "inference/sentence_decoder.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/error.h"

namespace mynah::inference {
namespace {

/// Byte pieces can spell line breaks, but one line in is one line out.
std::string on_one_line(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

}  // namespace

SentenceDecoder::SentenceDecoder(std::shared_ptr<const search::Network> network, TokenizerPair tokenizers,
                                 const GenerationOptions& options)
    : network_(std::move(network)),
      tokenizers_(std::move(tokenizers)),
      options_(options),
      ids_{tokenizers_.vocabulary->end(), tokenizers_.vocabulary->pad(), tokenizers_.vocabulary->unknown()},
      prefix_(tokenizers_.target->encode(options.prefix)) {
  if (options_.mini_batch == 0) options_.mini_batch = network_->best_batch();
  if (std::ssize(prefix_) + 1 >= options.search.max_length) {
    throw UsageError(
        concat("--prefix has ", prefix_.size(), " pieces, which leaves no room below --max-length ", options.search.max_length));
  }
}

std::unique_ptr<search::StepModel> SentenceDecoder::step_model(std::size_t sentences, std::size_t source_length,
                                                               int least_rows) const {
  const auto together = std::min(static_cast<int>(sentences), options_.mini_batch);
  return network_->step_model(
      {.rows = std::max(least_rows, together * search::rows_per_sentence(options_.search)),
       .source_length = static_cast<int>(source_length),
       .target_length = options_.search.max_length,
       .shortlist = static_cast<int>(options_.shortlist ? options_.shortlist->longest(source_length) : 0)});
}

void SentenceDecoder::decode(search::StepModel& model, const std::function<std::optional<Job>()>& next,
                             const std::function<void(Job, std::vector<Candidate>)>& done) const {
  std::unordered_map<std::uint64_t, Job> in_flight;
  const auto next_request = [&]() -> std::optional<search::Request> {
    std::optional<Job> job = next();
    if (!job) return std::nullopt;
    search::Request request{job->number, job->source, job->part == 0 ? prefix_ : std::vector<TokenId>(), allowed(*job),
                            job->search};
    in_flight.emplace(job->number, *std::move(job));
    return request;
  };
  search::decode(model, options_.search, ids_, next_request, [&](search::Result result) {
    Job job = std::move(in_flight.extract(result.key).mapped());
    std::vector<Candidate> candidates = candidates_of(job, std::move(result.hypotheses));
    done(std::move(job), std::move(candidates));
  });
}

std::vector<TokenId> SentenceDecoder::allowed(const Job& job) const {
  return options_.shortlist && job.search == nullptr ? options_.shortlist->of(job.source) : std::vector<TokenId>();
}

std::vector<Candidate> SentenceDecoder::candidates_of(const Job& job, std::vector<search::Hypothesis> hypotheses) const {
  ensure(!hypotheses.empty(), "every search finds a hypothesis");
  std::vector<Candidate> candidates;
  for (search::Hypothesis& hypothesis : hypotheses) {
    Candidate candidate = describe(hypothesis.tokens);
    candidate.score = hypothesis.score;
    candidate.piece_scores = std::move(hypothesis.log_probabilities);
    candidate.complete = hypothesis.complete;
    candidates.push_back(std::move(candidate));
    hypothesis.tokens.push_back(ids_.end);
  }
  if (options_.alignment) {
    std::vector<search::Pair> pairs;
    for (const search::Hypothesis& hypothesis : hypotheses) pairs.push_back({job.source, hypothesis.tokens});
    const std::vector<search::ForcedPass> passes = network_->forced(pairs, {.attention = true});
    for (std::size_t i = 0; i < passes.size(); ++i) candidates[i].alignment = align(passes[i], job.source.size());
  }
  return candidates;
}

Candidate SentenceDecoder::describe(std::span<const TokenId> target) const {
  Candidate candidate;
  candidate.text = on_one_line(tokenizers_.target->decode(target));
  for (const TokenId id : target) candidate.pieces.push_back(tokenizers_.vocabulary->piece(id));
  return candidate;
}

std::vector<std::pair<int, int>> SentenceDecoder::align(const search::ForcedPass& pass, std::size_t source_length) {
  std::vector<std::pair<int, int>> pairs;
  const std::size_t pieces = source_length - 1;
  if (pieces == 0) return pairs;
  for (std::size_t target = 0; target + 1 < pass.log_probabilities.size(); ++target) {
    const auto row = std::span(pass.attention).subspan(target * source_length, pieces);
    pairs.emplace_back(static_cast<int>(std::ranges::max_element(row) - row.begin()), static_cast<int>(target));
  }
  return pairs;
}

}  // namespace mynah::inference
