#include "corpus/round_maker.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/random.h"

namespace mynah::corpus {
namespace {

/// Streams of random numbers that must not meet.
enum class Draw : std::uint64_t { order_of_pairs = 1, order_of_batches = 2, subwords = 3 };

std::uint64_t seed_for(Draw draw, std::uint64_t seed, std::uint64_t pass) {
  return mix64(mix64(seed ^ mix64(static_cast<std::uint64_t>(draw))) + pass);
}

double pairs_in_round(const Cache& cache, const BatchOptions& options) {
  double rows = static_cast<double>(options.mini_batch_words) / cache.mean_length();
  if (options.mini_batch > 0) rows = std::min(rows, static_cast<double>(options.mini_batch));
  const double pairs = std::ceil(rows * std::max(options.maxi_batch, 1));
  return std::clamp(pairs, 1.0, static_cast<double>(cache.size()));
}

}  // namespace

/// A pair as it goes into a batch.
struct RoundMaker::Row {
  std::vector<TokenId> source, target;
  std::size_t longer() const { return std::max(source.size(), target.size()); }
};

RoundMaker::RoundMaker(std::shared_ptr<const Cache> cache, TokenizerPair tokenizers, const BatchOptions& options)
    : cache_(std::move(cache)), tokenizers_(std::move(tokenizers)), options_(options) {
  if (cache_->vocabulary() != tokenizers_.vocabulary->size()) {
    throw Error(concat("the prepared corpus has ids of a vocabulary of ", cache_->vocabulary(), " pieces, the tokenizers have ",
                       tokenizers_.vocabulary->size(), "; prepare it anew"));
  }
  if ((options_.source_sampling > 0 || options_.target_sampling > 0) && !cache_->has_text()) {
    throw Error("the prepared corpus holds no text, which subword sampling needs; prepare it anew, or switch the sampling off");
  }
  std::vector<double> shares;
  double sum = 0;
  for (int corpus = 0; corpus < cache_->corpora(); ++corpus) {
    shares.push_back(cache_->weight(corpus) * static_cast<double>(cache_->first(corpus + 1) - cache_->first(corpus)));
    sum += shares.back();
  }
  const double pairs = pairs_in_round(*cache_, options_);
  for (const double share : shares) pairs_per_round_.push_back(pairs * (share / sum));
}

/// How many pairs of a corpus the first rounds have had.
std::uint64_t RoundMaker::taken(int corpus, std::uint64_t rounds) const {
  return static_cast<std::uint64_t>(static_cast<double>(rounds) * pairs_per_round_[static_cast<std::size_t>(corpus)]);
}

RoundMaker::Row RoundMaker::row(int corpus, std::uint64_t position) const {
  const std::uint64_t first = cache_->first(corpus), size = cache_->first(corpus + 1) - first;
  const std::uint64_t pass = position / size;
  const Permutation order(size, seed_for(Draw::order_of_pairs, options_.seed ^ mix64(static_cast<std::uint64_t>(corpus)), pass));
  const std::uint64_t pair = first + order.at(position % size);
  Random random(seed_for(Draw::subwords, options_.seed, pass), pair);
  const auto drawn = [&](const Tokenizer& tokenizer, std::span<const TokenId> plain, std::string_view text, double alpha) {
    if (alpha > 0) {
      auto ids = tokenizer.sample(text, alpha, random);
      ids.push_back(tokenizer.vocabulary().end());
      if (std::ssize(ids) <= cache_->max_length()) return ids;
    }
    return std::vector(plain.begin(), plain.end());
  };
  return {drawn(*tokenizers_.source, cache_->source(pair), cache_->source_text(pair), options_.source_sampling),
          drawn(*tokenizers_.target, cache_->target(pair), cache_->target_text(pair), options_.target_sampling)};
}

std::vector<RoundMaker::Row> RoundMaker::rows(std::uint64_t round) const {
  std::vector<Row> rows;
  for (int corpus = 0; corpus < cache_->corpora(); ++corpus) {
    const std::uint64_t end = taken(corpus, round + 1);
    for (std::uint64_t position = taken(corpus, round); position < end; ++position) rows.push_back(row(corpus, position));
  }
  return rows;
}

std::vector<Batch> RoundMaker::cut(std::vector<Row> sorted) const {
  std::vector<Batch> batches;
  std::size_t longest = 0;
  for (auto& row : sorted) {
    const std::size_t with_row = std::max(longest, row.longer());
    const std::size_t rows = batches.empty() ? 0 : batches.back().source.size();
    const bool full = static_cast<std::int64_t>((rows + 1) * with_row) > options_.mini_batch_words ||
                      (options_.mini_batch > 0 && std::cmp_greater_equal(rows, options_.mini_batch));
    if (rows == 0 || full) batches.emplace_back();
    longest = full ? row.longer() : with_row;
    batches.back().source.push_back(std::move(row.source));
    batches.back().target.push_back(std::move(row.target));
  }
  return batches;
}

std::vector<Batch> RoundMaker::make(std::uint64_t round) const {
  auto sorted = rows(round);
  // By target, two lengths at a time, then source, to and fro, so that it does not jump where the target grows.
  const auto key = [](const Row& row) {
    const auto source = std::ssize(row.source), target = std::ssize(row.target) / 2;
    return std::pair(target, target % 2 == 0 ? source : -source);
  };
  std::stable_sort(sorted.begin(), sorted.end(), [&](const Row& a, const Row& b) { return key(a) < key(b); });
  auto batches = cut(std::move(sorted));
  Random random(seed_for(Draw::order_of_batches, options_.seed, round));
  for (std::size_t last = batches.size(); last > 1; --last) std::swap(batches[last - 1], batches[random.below(last)]);
  return batches;
}

}  // namespace mynah::corpus
