#include "corpus/round_maker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/error.h"
#include "fixtures.h"

namespace mynah::corpus {
namespace {

using testing::HasSubstr;
using Ids = std::vector<TokenId>;

std::shared_ptr<const Cache> cache_of(const std::vector<std::pair<SmallCorpus, double>>& corpora, bool keep_text = false,
                                      int max_length = 256) {
  const TemporaryFolder folder;  // mapped files outlive their names
  CachePlan plan{.max_length = max_length, .keep_text = keep_text};
  for (const auto& [corpus, weight] : corpora) {
    plan.sources.push_back(write_corpus(folder, concat("corpus", plan.sources.size()), corpus, weight));
  }
  Cache::build(folder.path(), plan, tokenizers(), Log(), nullptr);
  return std::make_shared<const Cache>(folder.path());
}

std::shared_ptr<const Cache> cache_of(std::size_t lines, bool keep_text = false) {
  return cache_of({{small_corpus(lines), 1}}, keep_text);
}

/// How often each pair of a cache was seen; pairs with equal ids count together.
using Seen = std::map<std::pair<Ids, Ids>, int>;

void count(const std::vector<Batch>& batches, Seen& seen) {
  for (const auto& batch : batches) {
    ASSERT_EQ(batch.source.size(), batch.target.size());
    for (std::size_t row = 0; row < batch.source.size(); ++row) ++seen[{batch.source[row], batch.target[row]}];
  }
}

Seen all_of(const Cache& cache, int times, std::uint64_t begin, std::uint64_t end) {
  Seen all;
  for (std::uint64_t pair = begin; pair < end; ++pair) {
    all[{Ids(cache.source(pair).begin(), cache.source(pair).end()), Ids(cache.target(pair).begin(), cache.target(pair).end())}] +=
        times;
  }
  return all;
}

TEST(RoundMaker, EveryPairOncePerEpoch) {
  const auto cache = cache_of(500);
  const RoundMaker maker(cache, tokenizers(), {.mini_batch_words = 300, .maxi_batch = 1000});
  for (std::uint64_t round = 0; round < 5; ++round) {  // so large that a round is an epoch
    Seen seen;
    count(maker.make(round), seen);
    EXPECT_EQ(seen, all_of(*cache, 1, 0, 500)) << round;
  }
}

TEST(RoundMaker, EveryPairOncePerEpochOverManyRounds) {
  const auto cache = cache_of(510);
  const RoundMaker maker(cache, tokenizers(), {.mini_batch_words = 150, .maxi_batch = 3});
  Seen seen;
  std::size_t pairs = 0, rounds = 0;
  for (; pairs < 510 || pairs % 510 != 0; ++rounds) {  // until epochs and rounds end together
    const auto batches = maker.make(rounds);
    for (const auto& batch : batches) pairs += batch.source.size();
    count(batches, seen);
  }
  EXPECT_GT(rounds, 10U);
  EXPECT_EQ(seen, all_of(*cache, static_cast<int>(pairs / 510), 0, 510));
}

TEST(RoundMaker, TheOrderDiffersByEpochAndSeed) {
  const auto cache = cache_of(200);
  const BatchOptions small{.mini_batch_words = 10000, .mini_batch = 1, .maxi_batch = 1};
  const auto order = [&](std::uint64_t seed, std::uint64_t first) {
    auto options = small;
    options.seed = seed;
    const RoundMaker maker(cache, tokenizers(), options);
    std::vector<Ids> rows;
    for (std::uint64_t round = first; round < first + 200; ++round) {
      for (const auto& batch : maker.make(round)) rows.push_back(batch.source.at(0));
    }
    return rows;
  };
  EXPECT_EQ(order(1, 0), order(1, 0));
  EXPECT_NE(order(1, 0), order(1, 200));
  EXPECT_NE(order(1, 0), order(2, 0));
}

TEST(RoundMaker, KeepsTheBudget) {
  auto corpus = small_corpus(400);
  corpus.source[7] = corpus.target[9] = "";
  for (int word = 0; word < 40; ++word) {
    corpus.source[7] += "the key ";
    corpus.target[9] += "die Karte ";
  }
  corpus.target[7] = corpus.target[9];
  corpus.source[9] = corpus.source[7];
  const auto cache = cache_of({{corpus, 1}});
  const BatchOptions options{.mini_batch_words = 60, .maxi_batch = 20};
  const RoundMaker maker(cache, tokenizers(), options);
  int alone = 0;
  for (std::uint64_t round = 0; round < 30; ++round) {
    for (const auto& batch : maker.make(round)) {
      std::size_t longest = 0;
      for (const auto* side : {&batch.source, &batch.target}) {
        for (const auto& row : *side) {
          EXPECT_EQ(row.back(), 0) << "every row ends in </s>";
          longest = std::max(longest, row.size());
        }
      }
      if (longest > 60) {
        EXPECT_EQ(batch.source.size(), 1U) << "a pair over the budget stands alone";
        ++alone;
      } else {
        EXPECT_LE(longest * batch.source.size(), 60U);
      }
    }
  }
  EXPECT_GT(alone, 0);
}

TEST(RoundMaker, KeepsTheLimitOfPairs) {
  const RoundMaker maker(cache_of(300), tokenizers(), {.mini_batch_words = 100000, .mini_batch = 7, .maxi_batch = 10});
  std::size_t pairs = 0;
  const auto batches = maker.make(0);
  for (const auto& batch : batches) {
    EXPECT_LE(batch.source.size(), 7U);
    pairs += batch.source.size();
  }
  EXPECT_EQ(batches.size(), 10U);
  EXPECT_EQ(pairs, 70U);
}

TEST(RoundMaker, PutsPairsOfSimilarLengthTogether) {
  const RoundMaker maker(cache_of(3000), tokenizers(), {.mini_batch_words = 600, .maxi_batch = 50});
  std::size_t ids = 0, padded = 0, growing = 0;
  const auto batches = maker.make(0);
  for (std::size_t batch = 0; batch < batches.size(); ++batch) {
    for (const auto* side : {&batches[batch].source, &batches[batch].target}) {
      std::size_t longest = 0;
      for (const auto& row : *side) {
        longest = std::max(longest, row.size());
        ids += row.size();
      }
      padded += longest * side->size();
    }
    growing += batch > 0 && batches[batch].target[0].size() >= batches[batch - 1].target[0].size();
  }
  EXPECT_GT(static_cast<double>(ids), 0.85 * static_cast<double>(padded));
  EXPECT_LT(growing, batches.size() * 3 / 4) << "batches are shuffled";
}

TEST(RoundMaker, RespectsWeights) {
  const auto cache =
      cache_of({{small_corpus(300, 1), 1}, {SmallCorpus{{"nobody."}, {"niemand."}}, 40}, {small_corpus(100, 3), 2.5}});
  const BatchOptions options{.mini_batch_words = 200, .maxi_batch = 2};
  const RoundMaker maker(cache, tokenizers(), options);
  Seen seen;
  std::size_t pairs = 0;
  for (std::uint64_t round = 0; round < 400; ++round) {
    const auto batches = maker.make(round);
    for (const auto& batch : batches) pairs += batch.source.size();
    count(batches, seen);
  }
  // Shares: 300 · 1, 1 · 40 and 100 · 2.5 of 590.
  const auto tell = [&](int corpus) {
    int sum = 0;
    for (const auto& [pair, times] : all_of(*cache, 1, cache->first(corpus), cache->first(corpus + 1))) sum += seen[pair];
    return sum;
  };
  const auto total = static_cast<double>(pairs);
  EXPECT_NEAR(tell(1), total * 40 / 590, 2);
  // The made-up sentences of the other two overlap: what both have is counted in both.
  EXPECT_GE(tell(0), total * 300 / 590 - 2);
  EXPECT_GE(tell(2), total * 250 / 590 - 2);
}

TEST(RoundMaker, EqualWeightsShowEveryPairEquallyOften) {
  const auto cache = cache_of({{small_corpus(60, 1), 3}, {small_corpus(180, 2), 3}});
  const RoundMaker maker(cache, tokenizers(), {.mini_batch_words = 10000, .maxi_batch = 1000});
  Seen seen;
  for (std::uint64_t round = 0; round < 4; ++round) count(maker.make(round), seen);
  EXPECT_EQ(seen, all_of(*cache, 4, 0, 240));
}

TEST(RoundMaker, CorporaOfWhichNothingIsLeftAreNoTrouble) {
  const auto cache = cache_of({{SmallCorpus{{""}, {""}}, 5}, {small_corpus(50), 1}, {SmallCorpus{{""}, {""}}, 1}});
  const RoundMaker maker(cache, tokenizers(), {.mini_batch_words = 10000, .maxi_batch = 1000});
  Seen seen;
  count(maker.make(0), seen);
  EXPECT_EQ(seen, all_of(*cache, 1, 0, 50));
}

TEST(RoundMaker, SubwordSamplingRepeatsAndVariesByPass) {
  const auto cache = cache_of(80, true);
  const BatchOptions options{.mini_batch_words = 10000, .maxi_batch = 1000, .source_sampling = 0.2, .target_sampling = 0.2};
  const RoundMaker maker(cache, tokenizers(), options), again(cache, tokenizers(), options);
  std::map<std::string, std::vector<Ids>> drawn;
  for (std::uint64_t round = 0; round < 3; ++round) {
    const auto batches = maker.make(round), same = again.make(round);
    ASSERT_EQ(batches.size(), same.size());
    for (std::size_t batch = 0; batch < batches.size(); ++batch) {
      EXPECT_EQ(batches[batch].source, same[batch].source);
      EXPECT_EQ(batches[batch].target, same[batch].target);
      for (const auto& row : batches[batch].source) drawn[tokenizers().source->decode(row)].push_back(row);
    }
  }
  std::map<std::string, int> texts;
  for (std::uint64_t pair = 0; pair < cache->size(); ++pair) ++texts[std::string(cache->source_text(pair))];
  ASSERT_EQ(drawn.size(), texts.size()) << "sampled rows say the same";
  int varied = 0;
  for (const auto& [text, rows] : drawn) {
    EXPECT_EQ(std::ssize(rows), 3 * texts[text]);
    varied += rows[0] != rows.back();
  }
  EXPECT_GT(varied, 40);
}

TEST(RoundMaker, SamplesOnlyTheSideAskedFor) {
  const auto cache = cache_of(80, true);
  const RoundMaker maker(cache, tokenizers(), {.mini_batch_words = 10000, .maxi_batch = 1000, .source_sampling = 0.1});
  int different = 0;
  for (const auto& batch : maker.make(0)) {
    for (const auto& row : batch.target) {
      auto plain = tokenizers().target->encode(tokenizers().target->decode(row));
      plain.push_back(0);
      EXPECT_EQ(row, plain);
    }
    for (const auto& row : batch.source)
      different += row.size() != tokenizers().source->encode(tokenizers().source->decode(row)).size() + 1;
  }
  EXPECT_GT(different, 20);
}

TEST(RoundMaker, ADrawOverTheLimitIsReplacedByThePlainIds) {
  const auto corpus = small_corpus(100);
  std::size_t longest = 0;
  for (const auto* side : {&corpus.source, &corpus.target}) {
    for (const auto& text : *side) longest = std::max(longest, tokenizers().source->encode(text).size() + 1);
  }
  const auto cache = cache_of({{corpus, 1}}, true, static_cast<int>(longest));
  const RoundMaker maker(cache, tokenizers(),
                         {.mini_batch_words = 10000, .maxi_batch = 1000, .source_sampling = 0.01, .target_sampling = 0.01});
  for (const auto& batch : maker.make(0)) {
    for (const auto* side : {&batch.source, &batch.target}) {
      for (const auto& row : *side) EXPECT_LE(row.size(), longest);
    }
  }
}

TEST(RoundMaker, RefusesWhatDoesNotFit) {
  const auto cache = cache_of(20);
  EXPECT_THAT(message_of<Error>([&] { RoundMaker(cache, tokenizers(true), {}); }), HasSubstr("401 pieces"));
  EXPECT_THAT(message_of<Error>([&] { RoundMaker(cache, tokenizers(), {.target_sampling = 0.1}); }), HasSubstr("holds no text"));
}

}  // namespace
}  // namespace mynah::corpus
