#include "corpus/batch_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "fixtures.h"

namespace mynah::corpus {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::shared_ptr<const Cache> small_cache(std::size_t lines) {
  const TemporaryFolder folder;  // mapped files outlive their names
  const CachePlan plan{.sources = {write_corpus(folder, "one", small_corpus(lines, 1)),
                                   write_corpus(folder, "other", small_corpus(lines / 3, 2), 2)},
                       .keep_text = true};
  Cache::build(folder.path(), plan, tokenizers(), Log(), nullptr);
  return std::make_shared<const Cache>(folder.path());
}

void expect_equal(const Batch& one, const Batch& other) {
  EXPECT_EQ(one.source, other.source);
  EXPECT_EQ(one.target, other.target);
}

TEST(BatchStream, GoesOnFromEveryPosition) {
  const auto cache = small_cache(120);
  for (const double alpha : {0.0, 0.2}) {
    const BatchOptions options{
        .mini_batch_words = 120, .maxi_batch = 6, .source_sampling = alpha, .target_sampling = alpha, .seed = 5};
    BatchStream stream(cache, tokenizers(), options);
    std::vector<Batch> batches;
    std::vector<StreamPosition> positions;
    for (int batch = 0; batch < 60; ++batch) {
      positions.push_back(stream_position_from_json(Json::parse(to_json(stream.position()).dump())));
      batches.push_back(stream.next());
    }
    ASSERT_GT(positions.back().round, 5U);
    for (std::size_t start = 0; start < 50; ++start) {
      BatchStream restored(cache, tokenizers(), options, positions[start]);
      for (std::size_t batch = start; batch < start + 8; ++batch) {
        ASSERT_EQ(to_json(restored.position()), to_json(positions[batch])) << "from " << start;
        expect_equal(restored.next(), batches[batch]);
      }
    }
  }
}

TEST(BatchStream, GoesOnFarFromTheBeginning) {
  const auto cache = small_cache(120);
  const StreamPosition far{1'000'000'000, 2, 7};
  BatchStream one(cache, tokenizers(), {.mini_batch_words = 120, .maxi_batch = 6}, far);
  BatchStream other(cache, tokenizers(), {.mini_batch_words = 120, .maxi_batch = 6}, far);
  for (int batch = 0; batch < 20; ++batch) expect_equal(one.next(), other.next());
}

TEST(BatchStream, CountsPairsEpochsAndTokens) {
  const auto cache = small_cache(120);
  BatchStream stream(cache, tokenizers(), {.mini_batch_words = 200, .maxi_batch = 4});
  EXPECT_EQ(stream.epochs(), 0);
  std::uint64_t pairs = 0;
  while (pairs < 2 * cache->size()) {
    const auto batch = stream.next();
    pairs += batch.source.size();
    std::int64_t tokens = 0;
    for (const auto& row : batch.target) tokens += std::ssize(row);
    EXPECT_EQ(batch.target_tokens(), tokens);
    EXPECT_EQ(stream.position().pairs_seen, pairs);
    EXPECT_DOUBLE_EQ(stream.epochs(), static_cast<double>(pairs) / static_cast<double>(cache->size()));
  }
}

TEST(BatchStream, RefusesAPositionThatIsNotThere) {
  const auto cache = small_cache(120);
  const BatchOptions options{.mini_batch_words = 120, .maxi_batch = 6};
  EXPECT_THAT(message_of<Error>([&] { BatchStream(cache, tokenizers(), options, {.round = 3, .batch = 999}); }),
              AllOf(HasSubstr("batch 999 of round 3"), HasSubstr("changed")));
  EXPECT_THAT(message_of<Error>([] { stream_position_from_json(Json::parse(R"({"round": 1})")); }), HasSubstr("damaged"));
  EXPECT_THAT(message_of<Error>([] { stream_position_from_json(Json::parse(R"({"round": "x", "batch": 1, "pairs_seen": 1})")); }),
              HasSubstr("damaged"));
}

TEST(BatchStream, MayBeDroppedAtAnyTime) {
  const auto cache = small_cache(120);
  for (int trial = 0; trial < 20; ++trial) {
    BatchStream stream(cache, tokenizers(), {.mini_batch_words = 120, .maxi_batch = 50, .source_sampling = 0.1});
    if (trial % 2 == 0) stream.next();
  }
}

}  // namespace
}  // namespace mynah::corpus
