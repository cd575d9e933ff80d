// The batches of one round of a stream, computed from the round's number alone.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "corpus/batch_stream.h"

namespace mynah::corpus {

/// A round is a stretch of the endless sequence of pairs: about `maxi_batch` batches' worth, but no more than the whole corpus.
/// Each corpus runs through its pairs again and again, every pass in another order; a round takes from each its share, which
/// is proportional to its weight times its size. Immutable; rounds may be made on any thread.
class RoundMaker {
 public:
  /// Throws Error when the cache was made by other tokenizers, or lacks the text that subword sampling needs.
  RoundMaker(std::shared_ptr<const Cache> cache, TokenizerPair tokenizers, const BatchOptions& options);

  /// Sorted by length, cut by budget, shuffled.
  std::vector<Batch> make(std::uint64_t round) const;

  std::uint64_t corpus_size() const { return cache_->size(); }

 private:
  struct Row;
  std::vector<Row> rows(std::uint64_t round) const;
  Row row(int corpus, std::uint64_t position) const;
  std::uint64_t taken(int corpus, std::uint64_t rounds) const;
  std::vector<Batch> cut(std::vector<Row> sorted) const;

  std::shared_ptr<const Cache> cache_;
  TokenizerPair tokenizers_;
  BatchOptions options_;
  std::vector<double> pairs_per_round_;  // by corpus
};

}  // namespace mynah::corpus
