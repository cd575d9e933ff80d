#include "corpus/batch_stream.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>

#include "base/error.h"
#include "base/random.h"

namespace mynah::corpus {
namespace {

/// A training pair and how often its corpus had been gone through before this visit.
struct Visit {
  std::uint64_t pair, pass;
};

/// The endless sequence of visits: corpora interleaved by weight × size, each gone through in a new order every pass.
/// Element k is computed from k alone.
class VisitSequence {
 public:
  VisitSequence(const Cache& cache, std::uint64_t seed) : cache_(cache), seed_(seed), shares_(cache.corpora()) {
    for (int corpus = 0; corpus < cache.corpora(); ++corpus)
      shares_[corpus] = cache.weight(corpus) * static_cast<double>(size(corpus));
    const double total = std::accumulate(shares_.begin(), shares_.end(), 0.0);
    ensure(total > 0, "a corpus to draw from");
    for (double& share : shares_) share /= total;
    largest_ = static_cast<int>(std::ranges::max_element(shares_) - shares_.begin());
  }

  /// Elements [begin, end), grouped by corpus.
  std::vector<Visit> range(std::uint64_t begin, std::uint64_t end) const {
    std::vector<Visit> visits;
    visits.reserve(end - begin);
    for (int corpus = 0; corpus < cache_.corpora(); ++corpus) {
      append(corpus, count(corpus, begin), count(corpus, end), visits);
    }
    return visits;
  }

 private:
  std::uint64_t size(int corpus) const { return cache_.first(corpus + 1) - cache_.first(corpus); }

  /// Elements of one corpus among the first k; what rounding leaves over goes to the largest one.
  std::uint64_t count(int corpus, std::uint64_t k) const {
    const auto rounded = [&](int other) {
      return static_cast<std::uint64_t>(std::floor(static_cast<double>(k) * shares_[other]));
    };
    if (corpus != largest_) return rounded(corpus);
    std::uint64_t rest = k;
    for (int other = 0; other < cache_.corpora(); ++other) rest -= other == largest_ ? 0 : rounded(other);
    return rest;
  }

  void append(int corpus, std::uint64_t begin, std::uint64_t end, std::vector<Visit>& visits) const {
    std::optional<Permutation> order;
    for (std::uint64_t visit = begin; visit < end; ++visit) {
      const std::uint64_t pass = visit / size(corpus), index = visit % size(corpus);
      if (!order || index == 0)
        order.emplace(size(corpus), mix64(seed_ ^ mix64(static_cast<std::uint64_t>(corpus) ^ mix64(pass))));
      visits.push_back({cache_.first(corpus) + order->at(index), pass});
    }
  }

  const Cache& cache_;
  std::uint64_t seed_;
  std::vector<double> shares_;
  int largest_ = 0;
};

struct Example {
  std::vector<TokenId> source, target;
};

/// Mean over (a regular sample of) the pairs of the longer side's length.
double mean_length(const Cache& cache) {
  const std::uint64_t stride = std::max<std::uint64_t>(1, cache.size() / 10'000);
  double sum = 0, count = 0;
  for (std::uint64_t pair = 0; pair < cache.size(); pair += stride, ++count) {
    sum += static_cast<double>(std::max(cache.source(pair).size(), cache.target(pair).size()));
  }
  return sum / count;
}

/// Pairs of one round: `maxi_batch` batches' worth at the mean length.
std::uint64_t pairs_per_round(const Cache& cache, const BatchOptions& options) {
  double pairs = static_cast<double>(options.mini_batch_words) / mean_length(cache);
  if (options.mini_batch > 0) pairs = std::min(pairs, static_cast<double>(options.mini_batch));
  return std::max<std::uint64_t>(64, static_cast<std::uint64_t>(pairs * options.maxi_batch));
}

/// Cuts examples, sorted by length, into batches within the budget: [begin, end) each. A pair over the budget stands alone.
std::vector<std::pair<std::size_t, std::size_t>> cut(const std::vector<Example>& sorted, const BatchOptions& options) {
  std::vector<std::pair<std::size_t, std::size_t>> batches;
  std::size_t begin = 0, longest = 0;
  for (std::size_t end = 0; end < sorted.size(); ++end) {
    const std::size_t length = std::max(sorted[end].source.size(), sorted[end].target.size());
    const std::size_t rows = end - begin + 1;
    const bool over = static_cast<std::int64_t>(rows * std::max(longest, length)) > options.mini_batch_words ||
                      (options.mini_batch > 0 && rows > static_cast<std::size_t>(options.mini_batch));
    if (over && end > begin) {
      batches.emplace_back(begin, end);
      begin = end;
      longest = 0;
    }
    longest = std::max(longest, length);
  }
  if (begin < sorted.size()) batches.emplace_back(begin, sorted.size());
  return batches;
}

}  // namespace

std::int64_t Batch::target_tokens() const {
  std::int64_t tokens = 0;
  for (const auto& row : target) tokens += static_cast<std::int64_t>(row.size());
  return tokens;
}

Json to_json(const StreamPosition& position) {
  return {{"round", position.round}, {"batch", position.batch}, {"pairs_seen", position.pairs_seen}};
}

StreamPosition stream_position_from_json(const Json& json) {
  return {json.at("round").get<std::uint64_t>(), json.at("batch").get<std::uint64_t>(),
          json.at("pairs_seen").get<std::uint64_t>()};
}

struct BatchStream::Round {
  Round(std::shared_ptr<const Cache> corpus, TokenizerPair pieces, const BatchOptions& wish, const StreamPosition& start)
      : cache(std::move(corpus)),
        tokenizers(std::move(pieces)),
        options(wish),
        sequence(*cache, options.seed),
        pairs(pairs_per_round(*cache, options)),
        position(start) {
    prepare();
  }

  /// Draws, sorts and cuts the pairs of round `position.round`.
  void prepare() {
    examples.clear();
    for (const Visit& visit : sequence.range(position.round * pairs, (position.round + 1) * pairs))
      examples.push_back(read(visit));
    std::ranges::stable_sort(examples, {},
                             [](const Example& example) { return std::pair(example.target.size(), example.source.size()); });
    batches = cut(examples, options);
    Random random(options.seed, position.round);
    for (std::size_t left = batches.size(); left > 1; --left) std::swap(batches[left - 1], batches[random.below(left)]);
  }

  Example read(const Visit& visit) const {
    Example example;
    if (options.source_sampling > 0) {
      example.source =
          draw(*tokenizers.source, cache->source_text(visit.pair), options.source_sampling, 2 * visit.pass, visit.pair);
    } else {
      example.source.assign(cache->source(visit.pair).begin(), cache->source(visit.pair).end());
    }
    if (options.target_sampling > 0) {
      example.target =
          draw(*tokenizers.target, cache->target_text(visit.pair), options.target_sampling, 2 * visit.pass + 1, visit.pair);
    } else {
      example.target.assign(cache->target(visit.pair).begin(), cache->target(visit.pair).end());
    }
    return example;
  }

  /// A segmentation drawn by (seed, pair, pass and side) alone, so that it repeats.
  std::vector<TokenId> draw(const Tokenizer& tokenizer, std::string_view text, double alpha, std::uint64_t visit,
                            std::uint64_t pair) const {
    Random random(mix64(options.seed ^ mix64(visit)), pair);
    std::vector<TokenId> ids = tokenizer.sample(text, alpha, random);
    ids.push_back(tokenizer.vocabulary().end());
    return ids;
  }

  std::shared_ptr<const Cache> cache;
  TokenizerPair tokenizers;
  BatchOptions options;
  VisitSequence sequence;
  std::uint64_t pairs;
  StreamPosition position;
  std::vector<Example> examples;
  std::vector<std::pair<std::size_t, std::size_t>> batches;
};

BatchStream::BatchStream(std::shared_ptr<const Cache> cache, TokenizerPair tokenizers, const BatchOptions& options,
                         const StreamPosition& start)
    : round_(std::make_unique<Round>(std::move(cache), std::move(tokenizers), options, start)) {}

BatchStream::~BatchStream() = default;

Batch BatchStream::next() {
  Round& round = *round_;
  if (round.position.batch >= round.batches.size()) {
    ++round.position.round;
    round.position.batch = 0;
    round.prepare();
  }
  const auto [begin, end] = round.batches[round.position.batch++];
  round.position.pairs_seen += end - begin;
  Batch batch;
  for (std::size_t row = begin; row < end; ++row) {
    batch.source.push_back(std::move(round.examples[row].source));
    batch.target.push_back(std::move(round.examples[row].target));
  }
  return batch;
}

StreamPosition BatchStream::position() const { return round_->position; }

double BatchStream::epochs() const {
  return static_cast<double>(round_->position.pairs_seen) / static_cast<double>(round_->cache->size());
}

}  // namespace mynah::corpus
