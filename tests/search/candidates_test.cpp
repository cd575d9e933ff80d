#include "search/candidates.h"

#include <gmock/gmock.h>

#include "hash_model.h"

namespace mynah::search {
namespace {

constexpr HashDistribution kDistribution{12, 3, 0, 5};
const Tokens kSource{3, 4, 0};

/// A model with the one row of kSource.
HashModel one_row() {
  HashModel model(kDistribution, 4);
  const Admission admission{kSource, {}, {}};
  model.advance({}, std::span(&admission, 1));
  return model;
}

std::vector<Candidate> candidates_after(const SearchOptions& options, const Tokens& target) {
  HashModel model = one_row();
  Candidates candidates(model, special_ids(12));
  const Candidates::Row row{target, &options};
  const auto found = candidates.of(std::span(&row, 1));
  return {found.begin(), found.end()};
}

TEST(Candidates, TwiceTheBeamAreAskedForAndOneForGreedy) {
  SearchOptions options;
  EXPECT_EQ(candidates_after(options, {}).size(), 8U);
  options.beam = 1;
  EXPECT_EQ(candidates_after(options, {}).size(), 1U);
  options.beam = 50;
  EXPECT_EQ(candidates_after(options, {}).size(), 12U);
}

TEST(Candidates, SamplingAsksForTheTopKOrForAll) {
  SearchOptions options;
  options.sample = true;
  EXPECT_EQ(candidates_after(options, {}).size(), 12U);
  options.top_k = 3;
  EXPECT_EQ(candidates_after(options, {}).size(), 3U);
}

TEST(Candidates, APenaltyThatChangesNothingGivesWhatTheModelGives) {
  SearchOptions plain;
  SearchOptions penalised;
  penalised.repetition_penalty = 1.5;
  const auto expected = candidates_after(plain, {});
  const auto found = candidates_after(penalised, {});  // nothing to repeat yet, but whole rows are fetched
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].token, expected[i].token);
    EXPECT_EQ(found[i].log_probability, expected[i].log_probability);
  }
}

TEST(Candidates, TheRepetitionPenaltyMultipliesTheLogProbabilityOfTokensSeenOnce) {
  SearchOptions options;
  options.beam = 12;
  options.repetition_penalty = 2;
  const std::vector<float> values = kDistribution(kSource, {});
  const auto found = candidates_after(options, {5, 5, 7});
  ASSERT_EQ(found.size(), 12U);
  int checked = 0;
  for (const Candidate& candidate : found) {
    if (candidate.token < 0) continue;
    const float factor = candidate.token == 5 || candidate.token == 7 ? 2.0F : 1.0F;
    EXPECT_FLOAT_EQ(candidate.log_probability, factor * values[static_cast<std::size_t>(candidate.token)]);
    ++checked;
  }
  EXPECT_EQ(checked, 11);  // all but <pad>
}

TEST(Candidates, ForbiddenTokensArePassedOverInBothWays) {
  for (const double penalty : {1.0, 1.5}) {
    SearchOptions options;
    options.repetition_penalty = penalty;
    options.forbidden = {2, 3, 4, 5, 6, 7};
    options.min_length = 1;
    const auto found = candidates_after(options, {});
    const auto possible = std::ranges::count_if(found, [](const Candidate& c) { return c.token >= 0; });
    EXPECT_EQ(possible, 4);  // 1, 8, 9, 10 of 12; 11 is <pad>, 0 is </s>
    for (const Candidate& candidate : found) EXPECT_THAT(candidate.token, testing::AnyOf(-1, 1, 8, 9, 10));
  }
}

TEST(Candidates, WhereFewerAreLeftTheRestAreImpossible) {
  SearchOptions options;
  options.repetition_penalty = 1.5;
  options.beam = 2;
  options.forbidden = {1, 2, 3, 4, 5, 6, 7, 8};
  const auto found = candidates_after(options, {});
  ASSERT_EQ(found.size(), 4U);
  EXPECT_GE(found[2].token, 0);
  EXPECT_EQ(found[3].token, -1);
  EXPECT_EQ(found[3].log_probability, -std::numeric_limits<float>::infinity());
}

}  // namespace
}  // namespace mynah::search
