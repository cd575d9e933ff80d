#include "training/batch_loader.h"

#include <gtest/gtest.h>

#include "small_corpus.h"
#include "training/material.h"

namespace mynah::training {
namespace {

TEST(BatchLoader, GivesTheStreamsBatchesInItsOrderAndKnowsWhereItStands) {
  const TemporaryFolder folder;
  const Material material = prepare(small_run(folder.path()), std::nullopt, {}, nullptr);
  const corpus::BatchOptions options{.mini_batch_words = 200, .maxi_batch = 4};
  const auto stream = [&](const corpus::StreamPosition& start) {
    return std::make_unique<corpus::BatchStream>(material.cache, material.tokenizers, options, start);
  };
  const auto reference = stream({});
  BatchLoader loader(stream({}), 3);
  Loaded last;
  for (int update = 0; update < 10; ++update) {
    last = loader.next();
    ASSERT_EQ(last.batches.size(), 3u);
    for (const corpus::Batch& batch : last.batches) EXPECT_EQ(batch.target, reference->next().target);
    EXPECT_EQ(last.position.round, reference->position().round);
    EXPECT_EQ(last.position.batch, reference->position().batch);
    EXPECT_EQ(last.epochs, reference->epochs());
  }
  EXPECT_EQ(BatchLoader(stream(last.position), 1).next().batches[0].target, reference->next().target);
}

}  // namespace
}  // namespace mynah::training
