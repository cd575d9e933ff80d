#include "packed/packed_network.h"

#include <gtest/gtest.h>

#include <thread>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "small_network.h"
#include "variants.h"

namespace mynah::packed {
namespace {

/// Bit for bit: however many rows stand side by side, and whoever comes and goes beside a sentence.
TEST(PackedNetwork, ResultsDoNotDependOnWhatStandsBesideThem) {
  const auto sources = random_sources(20, 1);
  for_each_variant([&](const Kernels& kernels) {
    for (const Precision precision : {Precision::int8, Precision::bfloat16, Precision::float32}) {
      const auto network = make_network(small_parameters(precision), kernels);
      for (const int beam : {1, 4}) {
        SCOPED_TRACE(testing::Message() << "precision " << static_cast<int>(precision) << ", beam " << beam);
        const search::SearchOptions options = options_with(beam);
        const auto alone = decoded(*network, sources, options, beam);
        expect_equal(decoded(*network, sources, options, 5 * beam), alone);
        expect_equal(decoded(*network, sources, options, 20 * beam, true), alone);
      }
    }
  });
}

TEST(PackedNetwork, WorkersShareIt) {
  const auto sources = random_sources(40, 2);
  const auto network = make_network(small_parameters(Precision::int8));
  const auto alone = decoded(*network, sources, options_with(3), 3);
  std::vector<search::Result> results[2];
  {
    std::vector<std::jthread> threads;
    for (auto& result : results) {
      threads.emplace_back([&] { result = decoded(*network, sources, options_with(3), 12); });
    }
  }
  for (const auto& result : results) expect_equal(result, alone);
}

/// A forced pass gives what steps gave.
TEST(PackedNetwork, ForcedPassesEqualSteps) {
  const auto sources = random_sources(30, 3);
  const auto network = make_network(small_parameters(Precision::int8));
  const auto results = decoded(*network, sources, options_with(1), 8);
  std::vector<std::vector<TokenId>> targets;
  for (const auto& result : results) {
    targets.push_back(result.hypotheses.front().tokens);
    targets.back().push_back(0);
  }
  std::vector<search::Pair> pairs;
  for (std::size_t i = 0; i < sources.size(); ++i) pairs.push_back({sources[i], targets[i]});
  const auto passes = network->forced(pairs, {.attention = true});
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const search::Hypothesis& best = results[i].hypotheses.front();
    ASSERT_EQ(passes[i].log_probabilities.size(), targets[i].size());
    const std::size_t given = i % 3 == 0 ? 2 : 0;  // the prefix counts as certain
    for (std::size_t token = given; token < targets[i].size() - (best.complete ? 0 : 1); ++token) {
      EXPECT_EQ(passes[i].log_probabilities[token], best.log_probabilities[token]) << i << ' ' << token;
    }
    for (std::size_t token = 0; token < targets[i].size(); ++token) {
      float sum = 0;
      for (std::size_t source = 0; source < sources[i].size(); ++source)
        sum += passes[i].attention[token * sources[i].size() + source];
      EXPECT_NEAR(sum, 1, 1e-5);
    }
  }
}

/// Of few weights a step waits for nothing, and a few sentences' keys and values stay in a cache.
TEST(PackedNetwork, FewSentencesStandTogetherWhereWeightsAreFew) {
  EXPECT_EQ(make_network(small_parameters(Precision::int8))->best_batch(), 8);
  EXPECT_EQ(make_network(small_parameters(Precision::float32))->best_batch(), 64);
  model::Shape wide = small_shape();
  wide.vocabulary = 350'000;  // × 48
  EXPECT_EQ(make_network(small_parameters(Precision::int8, wide))->best_batch(), 64);
}

TEST(KernelsUpTo, AreTheBestThatTheMachineRunsAndTheCapAllows) {
  const KernelList list = supported_kernels();
  EXPECT_EQ(&kernels_up_to("auto"), list.variants[0]);
  EXPECT_STREQ(kernels_up_to("plain").name, "plain");
  EXPECT_EQ(&kernels_up_to("avx512_vnni"), list.variants[0]);
  for (int i = 0; i < list.count; ++i) EXPECT_EQ(&kernels_up_to(list.variants[i]->name), list.variants[i]);
  EXPECT_NE(message_of<UsageError>([] { kernels_up_to("mmx"); }).find("found mmx"), std::string::npos);
}

}  // namespace
}  // namespace mynah::packed
