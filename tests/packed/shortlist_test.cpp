// Sentences that may use some tokens only: what comes out, and that it depends on nothing but the sentence and its list.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "packed/step_model.h"
#include "small_network.h"
#include "variants.h"

namespace mynah::packed {
namespace {

using search::Admission;
using search::Candidate;
using Ids = std::vector<TokenId>;

constexpr float kNever = -std::numeric_limits<float>::infinity();
constexpr std::size_t kVocabulary = 90;

Ids every_other_token() {
  Ids tokens;
  for (TokenId token = 1; token < 90; token += 2) tokens.push_back(token);  // `<pad>`, 89, among them
  return tokens;
}

Ids all_tokens() {
  Ids tokens;
  for (TokenId token = 0; token < 90; ++token) tokens.push_back(token);
  return tokens;
}

std::vector<float> all_of(search::StepModel& model) {
  std::vector<float> values(static_cast<std::size_t>(model.rows()) * kVocabulary);
  model.all(values);
  return values;
}

/// Rows with a shortlist beside one without.
struct Scene {
  explicit Scene(Precision precision, const Kernels& kernels) {
    const auto parameters = std::make_shared<const Parameters>(small_parameters(precision));
    const auto sources = random_sources(3, 7);
    PackedStepModel listed(parameters, kernels, {8, 32, 24, 90}), unlisted(parameters, kernels, {8, 32, 24});
    listed.advance({}, std::vector<Admission>{{sources[0], {}, lists[0]}, {sources[1], {}, {}}, {sources[2], {}, lists[2]}});
    unlisted.advance({}, std::vector<Admission>{{sources[0], {}, {}}, {sources[1], {}, {}}, {sources[2], {}, {}}});
    restricted = all_of(listed);
    unrestricted = all_of(unlisted);
    const std::vector<std::span<const TokenId>> views(forbidden.begin(), forbidden.end());
    best.resize(3 * 8);
    listed.top(8, views, best);
    many.resize(3 * 80);
    listed.top(80, views, many);
  }
  bool lists_token(std::size_t row, std::size_t token) const {
    return token + 1 < kVocabulary && (lists[row].empty() || std::ranges::binary_search(lists[row], static_cast<TokenId>(token)));
  }

  std::vector<Ids> lists = {every_other_token(), {}, {0, 7, 64, 88}}, forbidden = {{3}, {}, {64}};
  std::vector<float> restricted, unrestricted;
  std::vector<Candidate> best, many;
};

TEST(Shortlist, LogProbabilitiesAreThoseOfAllRenormalised) {
  for_each_variant([&](const Kernels& kernels) {
    for (const Precision precision : {Precision::int8, Precision::bfloat16, Precision::float32}) {
      const Scene scene(precision, kernels);
      for (std::size_t row = 0; row < 3; ++row) {
        double sum = 0;
        for (std::size_t token = 0; token < kVocabulary; ++token) {
          if (scene.lists_token(row, token)) sum += std::exp(static_cast<double>(scene.unrestricted[row * kVocabulary + token]));
        }
        for (std::size_t i = row * kVocabulary, token = 0; token < kVocabulary; ++i, ++token) {
          if (scene.lists_token(row, token)) {
            EXPECT_NEAR(scene.restricted[i], static_cast<double>(scene.unrestricted[i]) - std::log(sum), 1e-5) << row;
          } else {
            EXPECT_EQ(scene.restricted[i], kNever) << row << ' ' << token;
          }
        }
      }
    }
  });
}

TEST(Shortlist, TheBestAreTheBestOfIt) {
  for_each_variant([&](const Kernels& kernels) {
    const Scene scene(Precision::int8, kernels);
    for (std::size_t row = 0; row < 3; ++row) {
      std::vector<Candidate> expected;
      for (std::size_t token = 0; token < kVocabulary; ++token) {
        const float value = scene.restricted[row * kVocabulary + token];
        const Ids& never = scene.forbidden[row];
        if (value > kNever && std::ranges::find(never, static_cast<TokenId>(token)) == never.end())
          expected.push_back({static_cast<TokenId>(token), value});
      }
      std::ranges::stable_sort(expected, std::greater<>(), &Candidate::log_probability);
      expected.resize(80, {-1, kNever});
      const auto expect_best = [&](const std::vector<Candidate>& found, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
          EXPECT_EQ(found[row * count + i].token, expected[i].token) << row << ' ' << i;
          EXPECT_EQ(found[row * count + i].log_probability, expected[i].log_probability) << row << ' ' << i;
        }
      };
      expect_best(scene.best, 8);
      expect_best(scene.many, 80);
    }
  });
}

TEST(Shortlist, OfTheWholeVocabularyChangesNothing) {
  const auto sources = random_sources(20, 1);
  const std::vector<Ids> lists(sources.size(), all_tokens());
  for_each_variant([&](const Kernels& kernels) {
    for (const Precision precision : {Precision::int8, Precision::bfloat16, Precision::float32}) {
      const auto network = make_network(small_parameters(precision), kernels);
      const auto without = decoded(*network, sources, options_with(4), 20);
      expect_equal(decoded(*network, sources, options_with(4), 20, false, lists), without);
    }
  });
}

/// Bit for bit, some sentences without a list among the others; and only what is listed, or forced, comes out.
TEST(Shortlist, ResultsDoNotDependOnWhatStandsBesideThem) {
  const auto sources = random_sources(20, 1);
  std::vector<Ids> lists(sources.size());
  Random random(9);
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (i % 4 == 3) continue;
    for (const TokenId token : all_tokens()) {
      if (token == 0 || random.below(i % 2 + 2) == 0) lists[i].push_back(token);
    }
  }
  for_each_variant([&](const Kernels& kernels) {
    for (const Precision precision : {Precision::int8, Precision::bfloat16, Precision::float32}) {
      const auto network = make_network(small_parameters(precision), kernels);
      for (const int beam : {1, 4}) {
        SCOPED_TRACE(testing::Message() << "precision " << static_cast<int>(precision) << ", beam " << beam);
        const search::SearchOptions options = options_with(beam);
        const auto alone = decoded(*network, sources, options, beam, false, lists);
        expect_equal(decoded(*network, sources, options, 5 * beam, false, lists), alone);
        expect_equal(decoded(*network, sources, options, 20 * beam, true, lists), alone);
        for (std::size_t i = 0; i < alone.size(); ++i) {
          const std::size_t given = i % 3 == 0 ? 2 : 0;
          for (const auto& hypothesis : alone[i].hypotheses) {
            for (std::size_t token = given; token < hypothesis.tokens.size(); ++token) {
              EXPECT_TRUE(lists[i].empty() || std::ranges::binary_search(lists[i], hypothesis.tokens[token]));
            }
          }
        }
      }
    }
  });
}

}  // namespace
}  // namespace mynah::packed
