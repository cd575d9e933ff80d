#include "corpus/batch_stream.h"

#include <algorithm>
#include <cmath>
#include <future>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/error.h"
#include "corpus/round_maker.h"

namespace mynah::corpus {

std::int64_t Batch::target_tokens() const {
  return std::accumulate(target.begin(), target.end(), std::int64_t{0},
                         [](std::int64_t sum, const auto& row) { return sum + std::ssize(row); });
}

Json to_json(const StreamPosition& position) {
  return {{"round", position.round}, {"batch", position.batch}, {"pairs_seen", position.pairs_seen}};
}

StreamPosition stream_position_from_json(const Json& json) {
  try {
    return {json.at("round").get<std::uint64_t>(), json.at("batch").get<std::uint64_t>(),
            json.at("pairs_seen").get<std::uint64_t>()};
  } catch (const Json::exception& error) {
    throw Error(concat("the position in the corpus is damaged: expected round, batch and pairs_seen, found ", json.dump()));
  }
}

/// The batches of the present round, and those of the next one as they are made in the background.
struct BatchStream::Round {
  RoundMaker maker;
  StreamPosition position;
  std::vector<Batch> batches;
  std::future<std::vector<Batch>> next;

  void prepare_next() {
    next = std::async(std::launch::async, [this, round = position.round + 1] { return maker.make(round); });
  }
};

BatchStream::BatchStream(std::shared_ptr<const Cache> cache, TokenizerPair tokenizers, const BatchOptions& options,
                         const StreamPosition& start)
    : round_(new Round{RoundMaker(std::move(cache), std::move(tokenizers), options), start, {}, {}}) {
  round_->batches = round_->maker.make(start.round);
  if (start.batch > round_->batches.size()) {
    throw Error(concat("cannot go on at batch ", start.batch, " of round ", start.round, " of the corpus: the round has ",
                       round_->batches.size(), " batches; was the corpus or an option of its batches changed?"));
  }
  round_->prepare_next();
}

BatchStream::~BatchStream() = default;

Batch BatchStream::next() {
  auto& [maker, position, batches, next_round] = *round_;
  while (position.batch == batches.size()) {
    batches = next_round.get();
    ++position.round;
    position.batch = 0;
    round_->prepare_next();
  }
  Batch batch = std::move(batches[position.batch++]);
  position.pairs_seen += batch.source.size();
  return batch;
}

StreamPosition BatchStream::position() const { return round_->position; }

double BatchStream::epochs() const {
  return static_cast<double>(round_->position.pairs_seen) / static_cast<double>(round_->maker.corpus_size());
}

}  // namespace mynah::corpus
