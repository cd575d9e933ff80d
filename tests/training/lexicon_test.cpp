#include "training/lexicon.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <vector>

#include "base/random.h"

namespace mynah::training {
namespace {

using Ids = std::vector<TokenId>;

struct Texts {
  std::vector<Ids> sources, targets;
  std::vector<double> weights;
  std::vector<WeightedPair> pairs() const {
    std::vector<WeightedPair> pairs;
    for (std::size_t i = 0; i < sources.size(); ++i) pairs.push_back({sources[i], targets[i], weights.empty() ? 1 : weights[i]});
    return pairs;
  }
};

/// t(target | source); 0 where it is not known.
double probability(const model::Lexicon& lexicon, TokenId target, TokenId source) {
  for (const auto& translation : lexicon.translations[static_cast<std::size_t>(source)]) {
    if (translation.target == target) return static_cast<double>(translation.probability);
  }
  return 0;
}

/// das Haus, das Buch, ein Buch: the example and the table of Koehn 2010, figure 4.4.
TEST(Lexicon, FindsWhatTheTextbookFinds) {
  enum : TokenId { the, house, book, a, das, haus, buch, ein, ids };
  const Texts texts{{{das, haus}, {das, buch}, {ein, buch}}, {{the, house}, {the, book}, {a, book}}, {}};
  const struct {
    TokenId target, source;
    double after_1, after_2, after_3;
  } table[] = {{the, das, 0.5, 0.6364, 0.7479},
               {book, das, 0.25, 0.1818, 0.1208},
               {house, das, 0.25, 0.1818, 0.1313},
               {the, buch, 0.25, 0.1818, 0.1208},
               {book, buch, 0.5, 0.6364, 0.7479},
               {a, buch, 0.25, 0.1818, 0.1313},
               {book, ein, 0.5, 0.4286, 0.3466},
               {a, ein, 0.5, 0.5714, 0.6534},
               {the, haus, 0.5, 0.4286, 0.3466},
               {house, haus, 0.5, 0.5714, 0.6534},
               {a, das, 0, 0, 0}};
  const auto lexicon = [&](int iterations) { return learn_lexicon(texts.pairs(), ids, {.iterations = iterations}); };
  const model::Lexicon after_1 = lexicon(1), after_2 = lexicon(2), after_3 = lexicon(3);
  for (const auto& row : table) {
    EXPECT_NEAR(probability(after_1, row.target, row.source), row.after_1, 5e-5);
    EXPECT_NEAR(probability(after_2, row.target, row.source), row.after_2, 5e-5);
    EXPECT_NEAR(probability(after_3, row.target, row.source), row.after_3, 5e-5);
  }
  EXPECT_EQ(after_1.frequency, (std::vector<double>{2, 1, 2, 1, 0, 0, 0, 0}));
}

constexpr TokenId kIds = 30;

Texts random_texts() {
  Random random(4);
  Texts texts;
  for (int pair = 0; pair < 60; ++pair) {
    for (auto* side : {&texts.sources, &texts.targets}) {
      Ids& ids = side->emplace_back(1 + random.below(9));
      for (TokenId& id : ids) id = static_cast<TokenId>(random.below(kIds));  // some several times
    }
    texts.weights.push_back(pair % 3 == 0 ? 2.5 : 1);
  }
  return texts;
}

/// As the paper says it, pair by pair.
std::map<std::pair<TokenId, TokenId>, double> plain_model_1(const Texts& texts, int iterations) {
  std::map<std::pair<TokenId, TokenId>, double> t;  // by source, target
  for (int iteration = 0; iteration < iterations; ++iteration) {
    std::map<std::pair<TokenId, TokenId>, double> counts;
    std::map<TokenId, double> totals;
    for (std::size_t i = 0; i < texts.sources.size(); ++i) {
      for (const TokenId target : texts.targets[i]) {
        const auto before = [&](TokenId source) { return iteration == 0 ? 1.0 : t[{source, target}]; };
        double sum = 0;
        for (const TokenId source : texts.sources[i]) sum += before(source);
        for (const TokenId source : texts.sources[i]) {
          counts[{source, target}] += texts.weights[i] * before(source) / sum;
          totals[source] += texts.weights[i] * before(source) / sum;
        }
      }
    }
    for (auto& [pair, count] : counts) t[pair] = count / totals[pair.first];
  }
  return t;
}

TEST(Lexicon, EqualsAPlainModel1OnAnyNumberOfThreads) {
  const Texts texts = random_texts();
  const auto expected = plain_model_1(texts, 4);
  const model::Lexicon one = learn_lexicon(texts.pairs(), kIds, {.iterations = 4, .least = 0});
  const model::Lexicon three = learn_lexicon(texts.pairs(), kIds, {.iterations = 4, .least = 0, .threads = 3});
  for (TokenId source = 0; source < kIds; ++source) {
    double sum = 0;
    for (TokenId target = 0; target < kIds; ++target) {
      const auto found = expected.find({source, target});
      EXPECT_NEAR(probability(one, target, source), found == expected.end() ? 0 : found->second, 1e-6) << source << ' ' << target;
      EXPECT_EQ(probability(three, target, source), probability(one, target, source));
      sum += probability(one, target, source);
    }
    EXPECT_NEAR(sum, 1, 1e-5);
  }
  EXPECT_EQ(three.frequency, one.frequency);
}

TEST(Lexicon, ForgetsWhatIsHardlyExpected) {
  Texts texts;
  for (int pair = 0; pair < 100; ++pair) {
    texts.sources.push_back({1, 2});
    texts.targets.push_back({pair == 0 ? 5 : 3, 4});
  }
  const model::Lexicon all = learn_lexicon(texts.pairs(), 6, {.least = 0});
  EXPECT_GT(probability(all, 5, 1), 0);
  const model::Lexicon some = learn_lexicon(texts.pairs(), 6, {.least = 0.02});
  EXPECT_EQ(probability(some, 5, 1), 0);
  EXPECT_GT(probability(some, 3, 1), 0.1);
}

}  // namespace
}  // namespace mynah::training
