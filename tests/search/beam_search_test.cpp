#include "search/beam_search.h"

#include <gmock/gmock.h>

#include <map>

#include "hash_model.h"

namespace mynah::search {
namespace {

const Tokens kSource{3, 4, 2, 0};

SearchOptions with_beam(int beam, int limit, double length_penalty) {
  SearchOptions options;
  options.beam = beam;
  options.n_best = beam;
  options.max_length = limit;
  options.length_penalty = length_penalty;
  return options;
}

double score_of(double total, std::size_t length, double length_penalty) {
  return total / std::pow(static_cast<double>(length), length_penalty);
}

/// Every target the model can give within the limit, with its score.
void enumerate(const HashDistribution& distribution, const SearchOptions& options, const Tokens& target, double total,
               std::map<Tokens, double>& scores) {
  if (std::ssize(target) == options.max_length - 1) {
    scores[target] = score_of(total, target.size() + 1, options.length_penalty);  // `</s>` is forced and free
    return;
  }
  const std::vector<float> values = distribution(kSource, target);
  for (TokenId token = 0; token < distribution.vocabulary - 1; ++token) {
    const double grown = total + static_cast<double>(values[static_cast<std::size_t>(token)]);
    if (token == 0) {
      scores[target] = score_of(grown, target.size() + 1, options.length_penalty);
    } else {
      Tokens longer = target;
      longer.push_back(token);
      enumerate(distribution, options, longer, grown, scores);
    }
  }
}

TEST(BeamSearch, ABeamWideEnoughFindsWhatExhaustiveSearchFinds) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    for (const double length_penalty : {0.0, 0.6, 1.0, -0.5}) {
      const HashDistribution distribution{5, 4, 0, seed};
      SearchOptions options = with_beam(121, 5, length_penalty);  // 1 + 3 + 9 + 27 + 81 targets
      options.n_best = 10;
      std::map<Tokens, double> scores;
      enumerate(distribution, options, {}, 0, scores);
      ASSERT_EQ(scores.size(), 121U);
      std::vector<double> ranked;
      for (const auto& [tokens, score] : scores) ranked.push_back(score);
      std::ranges::sort(ranked, std::greater<>());
      const auto found = decode_one(distribution, options, kSource);
      ASSERT_EQ(found.size(), 10U);
      for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_NEAR(found[i].score, ranked[i], 1e-9) << "seed " << seed << ", place " << i;
        EXPECT_NEAR(scores.at(found[i].tokens), found[i].score, 1e-9);
      }
    }
  }
}

/// The definition, written down once more and as plainly as possible: whole sequences, every candidate of every beam sorted.
struct Reference {
  struct Item {
    Tokens tokens;
    double total;
    double score;
  };
  static std::vector<Item> search(const HashDistribution& distribution, const SearchOptions& options, const Tokens& source) {
    const auto beam = static_cast<std::size_t>(options.beam);
    std::vector<Item> open{{{}, 0, 0}}, finished;
    for (int length = 1; length < options.max_length && finished.size() < beam && !open.empty(); ++length) {
      std::vector<Item> all;
      for (const Item& item : open) {
        const std::vector<float> values = distribution(source, item.tokens);
        for (TokenId token = 0; token < distribution.vocabulary - 1; ++token) {
          Item longer = item;
          longer.tokens.push_back(token);
          longer.total += static_cast<double>(values[static_cast<std::size_t>(token)]);
          longer.score = score_of(longer.total, longer.tokens.size(), options.length_penalty);
          all.push_back(longer);
        }
      }
      std::ranges::stable_sort(all, std::greater<>(), &Item::total);
      if (all.size() > 2 * beam) all.resize(2 * beam);
      open.clear();
      for (std::size_t place = 0; place < all.size(); ++place) {
        const bool ends = all[place].tokens.back() == 0;
        if (ends && place < beam) finished.push_back(all[place]);
        if (!ends && open.size() < beam) open.push_back(all[place]);
      }
    }
    if (finished.size() < beam) {
      for (Item item : open) {
        item.tokens.push_back(0);
        item.score = score_of(item.total, item.tokens.size(), options.length_penalty);
        finished.push_back(item);
      }
    }
    std::ranges::stable_sort(finished, std::greater<>(), &Item::score);
    if (std::ssize(finished) > options.n_best) finished.resize(static_cast<std::size_t>(options.n_best));
    return finished;
  }
};

TEST(BeamSearch, EqualsThePlainDefinitionOnManyModels) {
  int forced = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const HashDistribution distribution{4 + static_cast<int>(seed % 17), 1.0 + 3 * static_cast<double>(seed % 5),
                                        static_cast<double>(seed % 7) - 3, seed};
    const double length_penalty = std::array{0.0, 0.5, 1.0, 1.5, -0.7}[seed % 5];
    SearchOptions options = with_beam(1 + static_cast<int>(seed % 6), 2 + static_cast<int>(seed % 13), length_penalty);
    options.n_best = 1 + static_cast<int>(seed % static_cast<std::uint64_t>(options.beam));
    const auto expected = Reference::search(distribution, options, kSource);
    const auto found = decode_one(distribution, options, kSource);
    ASSERT_EQ(found.size(), expected.size()) << "seed " << seed;
    for (std::size_t i = 0; i < found.size(); ++i) {
      Tokens tokens = found[i].tokens;
      tokens.push_back(0);
      EXPECT_EQ(tokens, expected[i].tokens) << "seed " << seed << ", place " << i;
      EXPECT_NEAR(found[i].score, expected[i].score, 1e-9);
      forced += found[i].complete ? 0 : 1;
    }
  }
  EXPECT_GT(forced, 50);  // the limit was met often enough to count
}

TEST(BeamSearch, ABeamOfOneTakesTheBestTokenEveryTime) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const HashDistribution distribution{9, 3, 0.5, seed};
    SearchOptions options = with_beam(1, 12, 1);
    Tokens target;
    while (std::ssize(target) < 11) {
      const std::vector<float> values = distribution(kSource, target);
      const auto best = static_cast<TokenId>(std::ranges::max_element(values) - values.begin());
      if (best == 0) break;
      target.push_back(best);
    }
    EXPECT_EQ(decode_one(distribution, options, kSource).front().tokens, target);
  }
}

TEST(BeamSearch, LogProbabilitiesAreTheModelsAndAddUpToTheScore) {
  const HashDistribution distribution{9, 3, 0.5, 4};
  for (const Hypothesis& hypothesis : decode_one(distribution, with_beam(4, 9, 0.7), kSource)) {
    ASSERT_EQ(hypothesis.log_probabilities.size(), hypothesis.tokens.size() + 1);
    Tokens target;
    double total = 0;
    for (std::size_t i = 0; i < hypothesis.log_probabilities.size(); ++i) {
      const TokenId token = i < hypothesis.tokens.size() ? hypothesis.tokens[i] : 0;
      const bool certain = token == 0 && !hypothesis.complete;
      const float expected = certain ? 0.0F : distribution(kSource, target)[static_cast<std::size_t>(token)];
      EXPECT_EQ(hypothesis.log_probabilities[i], expected);
      total += static_cast<double>(expected);
      target.push_back(token);
    }
    EXPECT_NEAR(hypothesis.score, score_of(total, target.size(), 0.7), 1e-9);
  }
}

TEST(BeamSearch, AtTheLimitTheEndIsForcedAndCostsNothing) {
  const HashDistribution distribution{9, 1, -30, 4};  // never ends by itself
  const auto found = decode_one(distribution, with_beam(3, 6, 1), kSource);
  ASSERT_EQ(found.size(), 3U);
  for (const Hypothesis& hypothesis : found) {
    EXPECT_EQ(hypothesis.tokens.size(), 5U);
    EXPECT_EQ(hypothesis.log_probabilities.back(), 0.0F);
    EXPECT_FALSE(hypothesis.complete);
  }
}

TEST(BeamSearch, AResultThatCannotChangeIsGivenEarly) {
  // `</s>` is likely at once, and without length normalisation no longer target can overtake it.
  const HashDistribution distribution{9, 1, 6, 4};
  SearchOptions options = with_beam(4, 50, 0);
  options.n_best = 1;
  HashModel model(distribution, 4);
  const auto early = decode_all(model, options, {Request{0, kSource, {}, {}}});
  EXPECT_EQ(model.steps(), 1);
  options.n_best = 4;
  HashModel patient(distribution, 4);
  const auto full = decode_all(patient, options, {Request{0, kSource, {}, {}}});
  EXPECT_GT(patient.steps(), 1);
  EXPECT_EQ(early[0].hypotheses[0].tokens, full[0].hypotheses[0].tokens);
}

TEST(BeamSearch, WhenNothingIsLeftToChooseTheTargetEnds) {
  const HashDistribution distribution{6, 1, 0, 4};
  SearchOptions options = with_beam(2, 30, 1);
  options.no_repeat_ngram = 1;
  options.min_length = 100;  // four tokens, none twice, and no `</s>`
  const auto found = decode_one(distribution, options, kSource);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].tokens.size(), 4U);
  EXPECT_FALSE(found[0].complete);
}

TEST(BeamSearch, NotANumberIsNoCandidate) {
  class Broken final : public StepModel {
   public:
    int vocabulary() const override { return 8; }
    int rows() const override { return rows_; }
    int free_rows() const override { return 4 - rows_; }
    void advance(std::span<const Continuation> continuations, std::span<const Admission> admissions) override {
      rows_ = static_cast<int>(continuations.size() + admissions.size());
    }
    void top(int, std::span<const std::span<const TokenId>>, std::span<Candidate> candidates) override {
      std::ranges::fill(candidates, Candidate{2, std::nanf("")});
    }
    void named(int, std::span<const TokenId>, std::span<float>) override {}
    void all(std::span<float> values) override { std::ranges::fill(values, std::nanf("")); }

   private:
    int rows_ = 0;
  };
  Broken model;
  for (const double penalty : {1.0, 1.2}) {
    SearchOptions options = with_beam(2, 10, 1);
    options.repetition_penalty = penalty;
    const auto results = decode_all(model, options, {Request{0, kSource, {}, {}}});
    ASSERT_EQ(results[0].hypotheses.size(), 1U);
    EXPECT_TRUE(results[0].hypotheses[0].tokens.empty());
    EXPECT_FALSE(results[0].hypotheses[0].complete);
  }
}

}  // namespace
}  // namespace mynah::search
