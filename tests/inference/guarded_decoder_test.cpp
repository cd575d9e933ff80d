#include "inference/guarded_decoder.h"

#include <gmock/gmock.h>

#include <map>

#include "echo_network.h"
#include "inference/text_generator.h"

namespace mynah::inference {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const std::string kLong = "The cat sleeps on the mat in the morning, and a dog runs after the cat where it is warm.";
const std::string kShort = "Birds sing!";

using Mistake = std::function<std::optional<TokenId>(std::span<const TokenId>, std::size_t)>;

/// Ends long sentences after three pieces.
Mistake omission() {
  const std::size_t most = test_tokenizers().source->encode(kLong).size();
  return [most](std::span<const TokenId> source, std::size_t position) -> std::optional<TokenId> {
    if (source.size() <= most || position < 3) return std::nullopt;
    return test_tokenizers().vocabulary->end();
  };
}

/// Says the first piece over and over.
std::optional<TokenId> stammer(std::span<const TokenId> source, std::size_t) { return source.front(); }

struct Fixture {
  explicit Fixture(Mistake mistake) {
    network->watch().mistake = std::move(mistake);
    options.guard = true;
    options.split_sentences = false;
    options.search.beam = 1;
    options.threads = 1;
  }
  /// Nothing but lengths and loops tells good from bad in one language.
  TextGenerator generator() const { return {network, test_tokenizers(), "en", "en", options}; }
  Part part(const std::string& line) const { return generator().generate_line(line).parts.at(0); }

  std::shared_ptr<EchoNetwork> network = echo_network();
  GenerationOptions options;
};

TEST(GuardedDecoder, GoodSentencesPassOnce) {
  const Fixture fixture(omission());
  const Part part = fixture.part(kShort);
  EXPECT_EQ(part.candidates.at(0).text, kShort);
  EXPECT_THAT(part.findings, IsEmpty());
  EXPECT_FALSE(part.retried);
}

TEST(GuardedDecoder, HalvesCureOmissions) {
  Fixture fixture(omission());
  fixture.options.alignment = true;
  const Part part = fixture.part(kLong);
  const Candidate& best = part.candidates.at(0);
  EXPECT_EQ(best.text, kLong);
  EXPECT_TRUE(part.retried);
  EXPECT_THAT(part.findings, IsEmpty());
  EXPECT_EQ(best.piece_scores.size(), best.pieces.size() + 1);
  EXPECT_EQ(best.alignment.size(), best.pieces.size());
  EXPECT_NEAR(best.score, std::log(0.9), 1e-6);
}

TEST(GuardedDecoder, AnotherSearchCuresLoops) {
  const Fixture fixture(stammer);
  const Part part = fixture.part(kShort);
  EXPECT_TRUE(part.retried);
  EXPECT_TRUE(part.candidates.at(0).complete);
  Fixture unguarded(stammer);
  unguarded.options.guard = false;
  const Part before = unguarded.part(kShort);
  EXPECT_FALSE(before.candidates.at(0).complete);
  EXPECT_FALSE(before.retried);
  EXPECT_THAT(before.findings, IsEmpty());
}

TEST(GuardedDecoder, ASecondTryMayUseTheWholeVocabulary) {
  Fixture fixture(stammer);
  const auto vocabulary = static_cast<std::size_t>(test_tokenizers().vocabulary->size());
  fixture.options.shortlist =
      std::make_shared<const model::Shortlist>(model::Shortlist({0, 1}, std::vector<std::vector<TokenId>>(vocabulary)));
  EXPECT_TRUE(fixture.part(kShort).retried);
  EXPECT_EQ(fixture.network->watch().listed, 1);
  EXPECT_GE(fixture.network->watch().unlisted, 1);
}

TEST(GuardedDecoder, WhatStaysBadIsListedAndTheFirstTryKept) {
  const TokenId end = test_tokenizers().vocabulary->end();
  const Fixture fixture([end](auto, std::size_t position) { return position > 0 ? std::optional(end) : std::nullopt; });
  const Part part = fixture.part(kLong);
  EXPECT_TRUE(part.retried);
  ASSERT_EQ(part.findings.size(), 1U);
  EXPECT_EQ(part.findings[0].kind, Finding::Kind::suspect);
  EXPECT_THAT(part.findings[0].reason, HasSubstr("much shorter than usual"));
  EXPECT_THAT(part.findings[0].reason, HasSubstr("leaves out a part"));
}

TEST(GuardedDecoder, SourcesThatAreToBlameAreListedWithoutASecondTry) {
  const Fixture fixture({});
  std::string looping;
  for (int i = 0; i < 8; ++i) looping += "the cat sleeps ";
  const Part part = fixture.part(looping);
  EXPECT_FALSE(part.retried);
  ASSERT_EQ(part.findings.size(), 1U);
  EXPECT_THAT(part.findings[0].reason, HasSubstr("the source repeats \"the cat sleeps\" 8 times"));
}

TEST(GuardedDecoder, WhatTheUserAskedForIsJudgedOnly) {
  for (const int way : {0, 1, 2}) {
    Fixture fixture(omission());
    if (way == 0) fixture.options.search.sample = true;
    if (way == 0) fixture.options.search.temperature = 0.1;
    if (way == 1) fixture.options.search.n_best = fixture.options.search.beam = 2;
    if (way == 2) fixture.options.prefix = "A dog";
    const Part part = fixture.part(kLong);
    EXPECT_FALSE(part.retried) << way;
    EXPECT_TRUE(is_suspect(part.findings)) << way;
    EXPECT_EQ(part.candidates.size(), way == 1 ? 2U : 1U);
  }
}

TEST(GuardedDecoder, GivenPairsAreJudged) {
  const Fixture fixture({});
  const std::vector<Part> parts = fixture.generator().score({kLong, kLong}, {kLong, "The cat"});
  EXPECT_THAT(parts.at(0).findings, IsEmpty());
  ASSERT_TRUE(is_suspect(parts.at(1).findings));
  EXPECT_THAT(parts.at(1).findings[0].reason, HasSubstr("much shorter"));
  EXPECT_THAT(parts.at(1).findings[0].reason, HasSubstr("leaves out"));
}

struct Outcome {
  std::string text;
  std::size_t findings;
  bool retried;
  bool operator==(const Outcome&) const = default;
};

std::ostream& operator<<(std::ostream& stream, const Outcome& outcome) {
  return stream << outcome.text << " (" << outcome.findings << (outcome.retried ? ", retried)" : ")");
}

TEST(GuardedDecoder, OutcomesDoNotDependOnBatchesAndThreads) {
  const std::vector<std::string> kinds{kLong,
                                       kShort,
                                       "",
                                       kLong + " " + kLong,
                                       "The cat the cat the cat the cat the cat the cat.",
                                       "Where is the station? It is over there!"};
  std::vector<std::string> lines;
  Random random(7);
  for (int i = 0; i < 150; ++i) lines.push_back(kinds[random.below(kinds.size())]);
  std::map<std::string, Outcome> alone;
  for (const std::string& kind : kinds) {
    const Generated line = Fixture(omission()).generator().generate_line(kind);
    if (!line.parts.empty()) alone[kind] = {line.text, line.parts[0].findings.size(), line.parts[0].retried};
  }
  EXPECT_TRUE(alone[kLong].retried);
  EXPECT_FALSE(alone[kShort].retried);
  for (const auto& [threads, mini_batch] : {std::pair(1, 1), std::pair(1, 7), std::pair(3, 2), std::pair(2, 64)}) {
    Fixture fixture(omission());
    fixture.options.threads = threads;
    fixture.options.mini_batch = mini_batch;
    fixture.options.maxi_batch = 2;
    std::size_t next = 0, given = 0;
    const Account account = fixture.generator().generate(
        [&]() -> std::optional<Line> { return next < lines.size() ? std::optional<Line>(lines[next++]) : std::nullopt; },
        [&](const Generated& line) {
          ASSERT_EQ(line.line, given);
          const std::string& source = lines[given++];
          if (line.parts.empty()) return;
          const Outcome outcome{line.text, line.parts[0].findings.size(), line.parts[0].retried};
          EXPECT_EQ(outcome, alone[source]);
        });
    EXPECT_EQ(given, lines.size());
    EXPECT_GT(account.retries, 0U);
  }
}

TEST(GuardedDecoder, AFileFullOfSuspectsFlowsOn) {
  Fixture fixture(omission());
  fixture.options.threads = 2;
  fixture.options.mini_batch = 2;
  fixture.options.maxi_batch = 1;
  int read = 0, given = 0, most_ahead = 0;
  std::mutex mutex;
  const Account account = fixture.generator().generate(
      [&]() -> std::optional<Line> {
        const std::lock_guard lock(mutex);
        most_ahead = std::max(most_ahead, read - given);
        return read++ < 60 ? std::optional<Line>(kLong) : std::nullopt;
      },
      [&](const Generated& line) {
        const std::lock_guard lock(mutex);
        EXPECT_EQ(line.text, kLong);
        ++given;
      });
  EXPECT_EQ(given, 60);
  EXPECT_EQ(account.retries, 60U);
  EXPECT_EQ(account.suspects, 0U);
  EXPECT_LT(most_ahead, 30);
}

}  // namespace
}  // namespace mynah::inference
