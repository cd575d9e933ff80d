// A small packed network with seeded weights, and what it decodes, for tests that need no other engine.
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <vector>

#include "../model/random_weights.h"
#include "base/random.h"
#include "packed/packed_network.h"
#include "packed/packing.h"
#include "search/decoder.h"

namespace mynah::packed {

inline model::Shape small_shape() {
  return {.vocabulary = 90, .d_model = 48, .d_feed_forward = 70, .heads = 3, .encoder_layers = 2, .decoder_layers = 2};
}

inline Parameters small_parameters(Precision precision, const model::Shape& shape = small_shape()) {
  return packed_parameters(shape, model::random_weights(shape, 3, 0.3), precision);
}

/// Seeded sentences of 1 to 30 ids, `</s>` last.
inline std::vector<std::vector<TokenId>> random_sources(std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::vector<TokenId>> sources(count);
  for (auto& source : sources) {
    source.resize(random.below(30));
    for (TokenId& id : source)
      id = static_cast<TokenId>(2 + random.below(static_cast<std::uint64_t>(small_shape().vocabulary) - 3));
    source.push_back(0);
  }
  return sources;
}

inline search::SearchOptions options_with(int beam) {
  search::SearchOptions options;
  options.beam = options.n_best = beam;
  options.max_length = 24;
  return options;
}

/// The hypotheses of all sources, found with so many rows at once and taken from the back when `backwards`; with shortlists where
/// there are some.
inline std::vector<search::Result> decoded(const search::Network& network, const std::vector<std::vector<TokenId>>& sources,
                                           const search::SearchOptions& options, int rows, bool backwards = false,
                                           const std::vector<std::vector<TokenId>>& shortlists = {}) {
  const auto model = network.step_model({rows, 32, options.max_length, shortlists.empty() ? 0 : small_shape().vocabulary});
  std::vector<search::Result> results(sources.size());
  std::size_t given = 0;
  const auto next = [&]() -> std::optional<search::Request> {
    if (given == sources.size()) return std::nullopt;
    const std::size_t key = backwards ? sources.size() - 1 - given : given;
    ++given;
    return search::Request{key, sources[key], key % 3 == 0 ? std::vector<TokenId>{5, 9} : std::vector<TokenId>{},
                           shortlists.empty() ? std::vector<TokenId>{} : shortlists[key]};
  };
  const TokenId pad = small_shape().vocabulary - 1;
  search::decode(*model, options, {0, pad, 1}, next, [&](search::Result result) { results[result.key] = std::move(result); });
  return results;
}

inline void expect_equal(const std::vector<search::Result>& actual, const std::vector<search::Result>& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    ASSERT_EQ(actual[i].hypotheses.size(), expected[i].hypotheses.size());
    for (std::size_t j = 0; j < actual[i].hypotheses.size(); ++j) {
      const search::Hypothesis &a = actual[i].hypotheses[j], &b = expected[i].hypotheses[j];
      EXPECT_EQ(a.tokens, b.tokens) << i << ' ' << j;
      EXPECT_EQ(a.log_probabilities, b.log_probabilities) << i << ' ' << j;
      EXPECT_EQ(a.score, b.score) << i << ' ' << j;
    }
  }
}

}  // namespace mynah::packed
