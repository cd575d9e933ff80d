// The endless, seeded stream of batches; its position is a small record.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "base/json.h"
#include "corpus/cache.h"

namespace mynah::corpus {

struct BatchOptions {
  std::int64_t mini_batch_words = 4096;  // budget: rows times the longest target (or source, if longer) of the batch, in ids
  int mini_batch = 0;                    // most pairs in a batch; 0: no limit
  int maxi_batch = 100;                  // batches' worth of pairs that are sorted by length together
  double source_sampling = 0, target_sampling = 0;  // subword sampling (SentencePiece alpha); 0: off
  std::uint64_t seed = 1;
};

/// Unpadded rows; every row ends in `</s>`.
struct Batch {
  std::vector<std::vector<TokenId>> source, target;
  std::int64_t target_tokens() const;
};

/// Where a stream stands: enough to go on with the very next batch without rereading what was seen.
struct StreamPosition {
  std::uint64_t round = 0;       // maxi-batches drawn before this one
  std::uint64_t batch = 0;       // batches of it already given
  std::uint64_t pairs_seen = 0;  // for epochs: pairs_seen / Cache::size()
};
Json to_json(const StreamPosition& position);
StreamPosition stream_position_from_json(const Json& json);

/// Batches of pairs of similar length: `maxi_batch` batches' worth of pairs, drawn by weight and without replacement within each
/// corpus' own pass, are sorted by length, cut by budget, and given in a shuffled order. Equal options and cache give equal
/// streams.
class BatchStream {
 public:
  BatchStream(std::shared_ptr<const Cache> cache, TokenizerPair tokenizers, const BatchOptions& options,
              const StreamPosition& start = {});
  ~BatchStream();
  Batch next();
  StreamPosition position() const;
  double epochs() const;

 private:
  struct Round;
  std::unique_ptr<Round> round_;
};

}  // namespace mynah::corpus
