#include "search/decoder.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "hash_model.h"

namespace mynah::search {
namespace {

const HashDistribution kDistribution{14, 3, 0.8, 3};

std::vector<Request> some_requests(int count) {
  std::vector<Request> requests;
  Random random(5);
  for (int i = 0; i < count; ++i) {
    Request request;
    for (auto left = 1 + random.below(7); left > 0; --left) request.source.push_back(2 + static_cast<TokenId>(random.below(11)));
    request.source.push_back(0);
    if (i % 5 == 1) request.prefix = {3, 4};
    if (i % 7 == 2) request.allowed = {0, 2, 5, 6, 9};
    requests.push_back(std::move(request));
  }
  return requests;
}

void expect_equal(const std::vector<Hypothesis>& a, const std::vector<Hypothesis>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].tokens, b[i].tokens);
    EXPECT_EQ(a[i].log_probabilities, b[i].log_probabilities);
    EXPECT_EQ(a[i].score, b[i].score);
    EXPECT_EQ(a[i].complete, b[i].complete);
  }
}

std::vector<SearchOptions> all_kinds() {
  std::vector<SearchOptions> kinds(5);
  kinds[0].n_best = 3;
  kinds[1].beam = 1;
  kinds[2].beam = 3;
  kinds[2].no_repeat_ngram = 2;
  kinds[2].repetition_penalty = 1.3;
  kinds[3].sample = true;
  kinds[3].n_best = 2;
  kinds[4].length_penalty = 0;
  return kinds;
}

TEST(Decoder, ResultsDoNotDependOnWhatStandsBeside) {
  const std::vector<Request> requests = some_requests(40);
  for (const SearchOptions& options : all_kinds()) {
    HashModel alone(kDistribution, rows_per_sentence(options));
    const auto expected = decode_all(alone, options, requests);
    for (const int sentences : {2, 3, 7, 64}) {
      HashModel together(kDistribution, sentences * rows_per_sentence(options) + 1);
      const auto found = decode_all(together, options, requests);
      for (std::size_t i = 0; i < requests.size(); ++i) expect_equal(found[i].hypotheses, expected[i].hypotheses);
    }
  }
}

TEST(Decoder, RequestsMayGoTheirOwnWay) {
  std::vector<SearchOptions> kinds = all_kinds();
  std::erase_if(kinds, [](const SearchOptions& kind) { return kind.sample; });  // draws hang on the place among the requests
  std::vector<Request> requests = some_requests(40);
  std::vector<std::vector<Hypothesis>> expected;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    expected.push_back(decode_one(kDistribution, kinds[i % kinds.size()], requests[i]));
    requests[i].options = &kinds[i % kinds.size()];
  }
  for (const int rows : {4, 7, 40}) {
    HashModel together(kDistribution, rows);
    const auto found = decode_all(together, SearchOptions(), requests);
    for (std::size_t i = 0; i < requests.size(); ++i) expect_equal(found[i].hypotheses, expected[i]);
  }
}

TEST(Decoder, ResultsDoNotDependOnTheOrder) {
  const SearchOptions options;
  std::vector<Request> requests = some_requests(30);
  HashModel model(kDistribution, 12);
  const auto forwards = decode_all(model, options, requests);
  std::ranges::reverse(requests);
  const auto backwards = decode_all(model, options, requests);
  for (std::size_t i = 0; i < 30; ++i) expect_equal(forwards[i].hypotheses, backwards[29 - i].hypotheses);
}

TEST(Decoder, FinishedRowsAreRefilled) {
  SearchOptions options;
  options.beam = 2;
  const std::vector<Request> requests = some_requests(60);
  HashModel narrow(kDistribution, 2);
  decode_all(narrow, options, requests);
  HashModel wide(kDistribution, 20);
  decode_all(wide, options, requests);
  EXPECT_EQ(wide.busiest(), 20);
  // Ten sentences at once, all places taken but near the end: hardly more than a tenth of the steps.
  EXPECT_LT(wide.steps(), narrow.steps() / 7);
}

TEST(Decoder, SentencesWaitForTheLastWhereRowsAreNotRefilled) {
  SearchOptions options;
  options.beam = 2;
  const std::vector<Request> requests = some_requests(60);
  HashModel refilled(kDistribution, 20), whole(kDistribution, 20, false);
  const auto expected = decode_all(refilled, options, requests), found = decode_all(whole, options, requests);
  for (std::size_t i = 0; i < requests.size(); ++i) expect_equal(found[i].hypotheses, expected[i].hypotheses);
  EXPECT_TRUE(refilled.refilled());
  EXPECT_FALSE(whole.refilled());
  EXPECT_EQ(whole.busiest(), 20);
}

TEST(Decoder, IsAskedAgainAfterNoneAtTheMoment) {
  std::vector<Request> requests = some_requests(6);
  std::vector<int> done;
  int asked = 0;
  std::size_t taken = 0;
  HashModel model(kDistribution, 40);
  decode(
      model, {}, special_ids(14),
      [&]() -> std::optional<Request> {
        if (++asked % 2 == 0 || taken == requests.size()) return std::nullopt;  // one each time
        requests[taken].key = taken;
        return requests[taken++];
      },
      [&](const Result& result) { done.push_back(static_cast<int>(result.key)); });
  EXPECT_GE(done.size(), 2U);  // more came while the first was decoded
  EXPECT_EQ(done.size(), taken);
}

TEST(Decoder, NothingToDoTakesNoStep) {
  HashModel model(kDistribution, 4);
  EXPECT_TRUE(decode_all(model, {}, {}).empty());
  EXPECT_EQ(model.steps(), 0);
}

TEST(Decoder, ReleasesAllRowsAtTheEnd) {
  HashModel model(kDistribution, 8);
  decode_all(model, {}, some_requests(5));
  EXPECT_EQ(model.rows(), 0);
}

TEST(Decoder, ThePrefixComesFirstAndCountsForNothing) {
  Request request{0, {4, 5, 0}, {7, 8, 9}, {}};
  for (const Hypothesis& hypothesis : decode_one(kDistribution, {}, request)) {
    ASSERT_GE(hypothesis.tokens.size(), 3U);
    EXPECT_EQ(Tokens(hypothesis.tokens.begin(), hypothesis.tokens.begin() + 3), request.prefix);
    double total = 0;
    Tokens target;
    for (std::size_t i = 0; i <= hypothesis.tokens.size(); ++i) {
      const TokenId token = i < hypothesis.tokens.size() ? hypothesis.tokens[i] : 0;
      const float expected = i < 3 ? 0.0F : kDistribution(request.source, target)[static_cast<std::size_t>(token)];
      EXPECT_EQ(hypothesis.log_probabilities[i], expected);
      total += static_cast<double>(expected);
      target.push_back(token);
    }
    EXPECT_NEAR(hypothesis.score, total / static_cast<double>(target.size() - 3), 1e-9);
  }
}

TEST(Decoder, APrefixThatLeavesNoRoomEndsAtOnce) {
  SearchOptions options;
  options.max_length = 3;
  HashModel model(kDistribution, 4);
  const auto results = decode_all(model, options, {Request{0, {4, 5, 0}, {7, 8, 9}, {}}});
  ASSERT_EQ(results[0].hypotheses.size(), 1U);
  EXPECT_EQ(results[0].hypotheses[0].tokens, (Tokens{7, 8, 9}));
  EXPECT_FALSE(results[0].hypotheses[0].complete);
  EXPECT_EQ(model.steps(), 0);
}

TEST(Decoder, OnlyAllowedTokensCome) {
  for (SearchOptions options : all_kinds()) {
    options.min_length = 3;
    for (const auto& hypothesis : decode_one(kDistribution, options, Request{0, {4, 0}, {}, {0, 3, 6, 8}})) {
      EXPECT_GE(hypothesis.tokens.size(), 3U);
      for (const TokenId token : hypothesis.tokens) EXPECT_THAT(token, testing::AnyOf(3, 6, 8));
    }
  }
}

TEST(Decoder, NoNgramComesTwice) {
  SearchOptions options;
  options.no_repeat_ngram = 2;
  options.min_length = 25;
  options.max_length = 40;
  options.max_length_offset = 40;
  const HashDistribution loops{5, 0.5, -9, 1};  // three tokens and no wish to end
  const Tokens tokens = decode_one(loops, options, {2, 0}).at(0).tokens;
  std::vector<std::pair<TokenId, TokenId>> bigrams;
  for (std::size_t i = 1; i < tokens.size(); ++i) bigrams.emplace_back(tokens[i - 1], tokens[i]);
  std::ranges::sort(bigrams);
  EXPECT_EQ(std::ranges::adjacent_find(bigrams), bigrams.end());
  EXPECT_GT(bigrams.size(), 5U);
}

TEST(Decoder, TheLimitGrowsWithTheSource) {
  SearchOptions options;
  options.max_length_factor = 1.5;
  options.max_length_offset = 2;
  options.max_length = 10;
  EXPECT_EQ(length_limit(options, 3), 6);
  EXPECT_EQ(length_limit(options, 100), 10);
  options.max_length_offset = -50;
  EXPECT_EQ(length_limit(options, 3), 1);
  options.max_length_offset = 2;
  const HashDistribution endless{14, 1, -40, 3};
  EXPECT_EQ(decode_one(endless, options, {4, 5, 0}).at(0).tokens.size(), 5U);
}

TEST(Decoder, TooFewRowsForOneSentenceIsABug) {
  HashModel model(kDistribution, 3);
  EXPECT_THROW(decode_all(model, {}, some_requests(1)), std::logic_error);
}

}  // namespace
}  // namespace mynah::search
