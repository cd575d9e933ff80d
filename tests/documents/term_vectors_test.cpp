#include "documents/term_vectors.h"

#include <gmock/gmock.h>

#include <cmath>

#include "base/random.h"

namespace mynah::documents {
namespace {

using Texts = std::vector<std::vector<TermId>>;

Texts made_texts(Random& random, std::size_t terms) {
  Texts texts(1 + random.below(8));
  for (auto& text : texts) {
    for (std::size_t count = random.below(7); count > 0; --count) text.push_back(static_cast<TermId>(random.below(terms)));
  }
  return texts;
}

/// The definition, dense: counts times rarity, a cosine.
double cosine(const Texts& texts, const std::vector<TermId>& a, const std::vector<TermId>& b) {
  double product = 0, a_square = 0, b_square = 0;
  for (TermId term = 0; term < 10; ++term) {
    const auto having =
        static_cast<double>(std::ranges::count_if(texts, [&](const auto& text) { return std::ranges::count(text, term) > 0; }));
    const double rarity = std::log(1 + (static_cast<double>(texts.size()) - having + 0.5) / (having + 0.5));
    const double in_a = rarity * static_cast<double>(std::ranges::count(a, term)),
                 in_b = rarity * static_cast<double>(std::ranges::count(b, term));
    product += in_a * in_b, a_square += in_a * in_a, b_square += in_b * in_b;
  }
  return product == 0 ? 0 : product / std::sqrt(a_square * b_square);
}

TEST(TermVectors, SimilarityIsTheCosineOfWeightedCounts) {
  Random random(1);
  for (int trial = 0; trial < 100; ++trial) {
    const Texts texts = made_texts(random, 10);
    const TermVectors vectors(texts, 10);
    ASSERT_EQ(vectors.size(), texts.size());
    const std::vector<TermId> query{static_cast<TermId>(random.below(10)), static_cast<TermId>(random.below(10))};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      EXPECT_NEAR(vectors.similarities(query)[i], cosine(texts, query, texts[i]), 1e-5);
      for (std::size_t j = 0; j < texts.size(); ++j)
        EXPECT_NEAR(vectors.similarities(i)[j], cosine(texts, texts[i], texts[j]), 1e-5);
    }
  }
}

TEST(TermVectors, MultipliesWithAllSimilarities) {
  Random random(2);
  for (int trial = 0; trial < 50; ++trial) {
    const Texts texts = made_texts(random, 10);
    const TermVectors vectors(texts, 10);
    std::vector<double> values;
    for (std::size_t i = 0; i < texts.size(); ++i) values.push_back(random.uniform());
    const std::vector<double> product = vectors.multiply(values);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      double expected = 0;
      for (std::size_t j = 0; j < texts.size(); ++j) expected += cosine(texts, texts[i], texts[j]) * values[j];
      EXPECT_NEAR(product[i], expected, 1e-5);
    }
  }
}

TEST(TermVectors, NothingIsSimilarToNothing) {
  const TermVectors none(Texts{}, 0), empty(Texts{{}, {0}}, 1);
  EXPECT_EQ(none.size(), 0U);
  EXPECT_TRUE(none.multiply(std::vector<double>{}).empty());
  EXPECT_THAT(empty.similarities(0), testing::ElementsAre(0, 0));
  EXPECT_THAT(empty.similarities(std::vector<TermId>{}), testing::ElementsAre(0, 0));
}

}  // namespace
}  // namespace mynah::documents
