#include "inference/text_generator.h"

#include <gmock/gmock.h>

#include <chrono>
#include <condition_variable>
#include <future>

#include "base/error.h"
#include "echo_network.h"
#include "inference/sentence_decoder.h"

namespace mynah::inference {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;

struct Fixture {
  std::shared_ptr<EchoNetwork> network = echo_network();
  GenerationOptions options;
  TextGenerator generator(const std::string& source = "en", const std::string& target = "de") const {
    return {network, test_tokenizers(), source, target, options};
  }
};

/// Hands out lines one by one.
std::function<std::optional<std::string>()> from(const std::vector<std::string>& lines) {
  return [&lines, next = std::size_t{0}]() mutable -> std::optional<std::string> {
    if (next == lines.size()) return std::nullopt;
    return lines[next++];
  };
}

std::vector<std::string> generate_all(const TextGenerator& generator, const std::vector<std::string>& lines,
                                      Account* account = nullptr) {
  std::vector<std::string> texts;
  const Account found = generator.generate(from(lines), [&](const Generated& line) {
    EXPECT_EQ(line.line, texts.size());
    texts.push_back(line.text);
  });
  if (account) *account = found;
  return texts;
}

/// Many lines of one to four sentences of different lengths; some blank.
std::vector<std::string> many_lines(int count) {
  const std::vector<std::string> sentences{"The cat sleeps.", "A dog runs after the cat on the mat.", "Birds sing!",
                                           "Where is it?",
                                           "I like green tea, and you like coffee, and it is warm in the morning."};
  std::vector<std::string> lines;
  Random random(3);
  for (int i = 0; i < count; ++i) {
    std::string line;
    for (auto left = random.below(5); left > 0; --left) {
      line += (line.empty() ? "" : " ") + sentences[random.below(sentences.size())];
    }
    lines.push_back(line);
  }
  return lines;
}

TEST(TextGenerator, ATextComesThrough) {
  EXPECT_EQ(Fixture().generator().generate("The cat sleeps. A dog runs."), "The cat sleeps. A dog runs.");
}

TEST(TextGenerator, EveryLineComesOutInItsPlaceWhateverTheBatchesAndThreads) {
  const std::vector<std::string> lines = many_lines(400);
  for (const int threads : {1, 2, 5}) {
    for (const int mini_batch : {0, 1, 7, 64}) {
      Fixture fixture;
      fixture.options.threads = threads;
      fixture.options.mini_batch = mini_batch;
      fixture.options.maxi_batch = 2;
      fixture.options.search.beam = mini_batch == 7 ? 3 : 1;
      EXPECT_EQ(generate_all(fixture.generator(), lines), lines);
      EXPECT_LE(fixture.network->watch().step_models, threads);
      const int together = mini_batch == 0 ? fixture.network->best_batch() : mini_batch;
      EXPECT_LE(fixture.network->watch().most_rows, together * fixture.options.search.beam);
    }
  }
}

TEST(TextGenerator, NothingInNothingOut) {
  Fixture fixture;
  Account account;
  EXPECT_TRUE(generate_all(fixture.generator(), {}, &account).empty());
  EXPECT_EQ(account.lines, 0U);
  EXPECT_EQ(fixture.network->watch().step_models, 0);
}

TEST(TextGenerator, BlankLinesStayAndNeedNoNetwork) {
  Fixture fixture;
  Account account;
  EXPECT_THAT(generate_all(fixture.generator(), {"", "  \t ", "\u3000"}, &account), ElementsAre("", "", ""));
  EXPECT_EQ(account.blank_lines, 3U);
  EXPECT_EQ(account.sentences, 0U);
  EXPECT_EQ(fixture.network->watch().step_models, 0);
}

TEST(TextGenerator, AFewSentencesNeedOneWorker) {
  Fixture fixture;
  fixture.options.threads = 8;
  generate_all(fixture.generator(), {"The cat sleeps. Birds sing."});
  EXPECT_EQ(fixture.network->watch().step_models, 1);
}

TEST(TextGenerator, OneLineIsDecodedOnTheCallersThread) {
  const Fixture fixture;
  EXPECT_EQ(fixture.generator().generate_line("The cat sleeps. Birds sing.").parts.size(), 2U);
  EXPECT_THAT(fixture.network->watch().threads, ElementsAre(std::this_thread::get_id()));
  EXPECT_EQ(fixture.network->watch().most_rows, 8);  // both sentences at once
}

TEST(TextGenerator, SeveralWorkersShareManySentences) {
  Fixture fixture;
  fixture.options.threads = 3;
  fixture.options.mini_batch = 2;
  fixture.network->watch().on_admission = [](auto) { std::this_thread::sleep_for(1ms); };
  generate_all(fixture.generator(), many_lines(100));
  EXPECT_EQ(fixture.network->watch().threads.size(), 3U);
}

TEST(TextGenerator, ALineIsGivenWhileTheNextIsStillAwaited) {
  const Fixture fixture;
  std::promise<void> first_given;
  std::vector<std::string> texts;
  int asked = 0;
  fixture.generator().generate(
      [&]() -> std::optional<std::string> {
        if (asked++ == 0) return "The cat sleeps.";
        EXPECT_EQ(first_given.get_future().wait_for(60s), std::future_status::ready);
        return std::nullopt;
      },
      [&](const Generated& line) {
        texts.push_back(line.text);
        first_given.set_value();
      });
  EXPECT_THAT(texts, ElementsAre("The cat sleeps."));
}

TEST(TextGenerator, ReadingAheadIsBounded) {
  Fixture fixture;
  fixture.options.threads = 1;
  fixture.options.mini_batch = 2;
  fixture.options.maxi_batch = 3;
  std::atomic<int> read = 0, given = 0;
  int most_ahead = 0;
  fixture.generator().generate(
      [&]() -> std::optional<std::string> {
        most_ahead = std::max(most_ahead, read - given);
        return read++ < 500 ? std::optional<std::string>("The cat sleeps.") : std::nullopt;
      },
      [&](const Generated&) { ++given; });
  EXPECT_EQ(given, 500);
  EXPECT_LT(most_ahead, 4 * 6 + 2);
}

TEST(TextGenerator, WaitingForOneSlowLineIsBoundedToo) {
  Fixture fixture;
  fixture.options.threads = 2;
  fixture.options.mini_batch = 2;
  fixture.options.maxi_batch = 3;
  std::atomic<bool> release = false;
  std::atomic<int> read = 0, sentences = 0;
  fixture.network->watch().on_admission = [&](auto) {
    if (sentences++ == 0) {
      while (!release) std::this_thread::sleep_for(1ms);
    }
  };
  auto done = std::async(std::launch::async, [&] {
    return fixture.generator()
        .generate([&]() -> std::optional<std::string> { return read++ < 300 ? std::optional("Birds sing!") : std::nullopt; },
                  [](const Generated&) {})
        .lines;
  });
  int before = -1;
  while (before != read) {  // until reading stands still
    before = read;
    std::this_thread::sleep_for(300ms);
  }
  EXPECT_LT(before, 60);
  release = true;
  EXPECT_EQ(done.get(), 300U);
}

TEST(TextGenerator, TheAccountAddsUp) {
  Fixture fixture;
  fixture.options.max_source_length = 16;
  Account account;
  generate_all(fixture.generator(), {"Birds sing! The cat sleeps on the mat in the morning.", "", "caf\xe9"}, &account);
  EXPECT_EQ(account.lines, 3U);
  EXPECT_EQ(account.blank_lines, 1U);
  EXPECT_EQ(account.split_sentences, 1U);
  EXPECT_GT(account.sentences, 3U);
  EXPECT_EQ(account.repaired_lines, 1U);
  EXPECT_EQ(account.target_tokens, account.source_tokens);
  EXPECT_EQ(account.unfinished, 0U);
}

TEST(TextGenerator, TargetsCutAtTheLimitAreCounted) {
  Fixture fixture;
  fixture.options.search.max_length = 3;
  fixture.options.search.beam = 1;
  Account account;
  generate_all(fixture.generator(), {"The cat sleeps on the mat."}, &account);
  EXPECT_EQ(account.unfinished, 1U);
}

TEST(TextGenerator, WhatNextThrowsComesAfterTheLinesBeforeIt) {
  const Fixture fixture;
  int asked = 0;
  std::vector<std::string> texts;
  const auto next = [&]() -> std::optional<std::string> {
    if (++asked == 4) throw Error("the file is damaged");
    return "Birds sing!";
  };
  EXPECT_THROW(fixture.generator().generate(next, [&](const Generated& line) { texts.push_back(line.text); }), Error);
  EXPECT_EQ(texts.size(), 3U);
}

TEST(TextGenerator, WhatDoneThrowsEndsTheWork) {
  Fixture fixture;
  fixture.options.mini_batch = 2;
  fixture.options.maxi_batch = 2;
  for (const std::vector<std::string>& lines : {many_lines(300), std::vector<std::string>(300, "")}) {
    int given = 0;
    const auto done = [&](const Generated&) {
      if (++given == 5) throw Error("the disk is full");
    };
    EXPECT_THROW(fixture.generator().generate(from(lines), done), Error);
    EXPECT_EQ(given, 5);
  }
}

TEST(TextGenerator, WhatTheNetworkThrowsComesOut) {
  Fixture fixture;
  fixture.options.threads = 2;
  std::atomic<int> sentences = 0;
  fixture.network->watch().on_admission = [&](auto) {
    if (++sentences == 20) throw Error("the device is gone");
  };
  EXPECT_THROW(generate_all(fixture.generator(), many_lines(300)), Error);
}

TEST(TextGenerator, StoppingGivesTheWholeLinesBefore) {
  Fixture fixture;
  fixture.options.threads = 2;
  fixture.options.mini_batch = 4;
  const std::vector<std::string> lines = many_lines(500);
  std::vector<std::string> texts;
  std::atomic<bool> enough = false;
  const Account account = fixture.generator().generate(
      from(lines),
      [&](const Generated& line) {
        texts.push_back(line.text);
        if (texts.size() == 20) enough = true;
      },
      [&] { return enough.load(); });
  EXPECT_GE(texts.size(), 20U);
  EXPECT_LT(texts.size(), 500U);
  EXPECT_EQ(account.lines, texts.size());
  EXPECT_TRUE(std::equal(texts.begin(), texts.end(), lines.begin()));
}

TEST(TextGenerator, SamplingDoesNotDependOnThreadsAndBatches) {
  const std::vector<std::string> lines = many_lines(60);
  std::vector<std::string> first;
  for (const int threads : {1, 3}) {
    Fixture fixture;
    fixture.options.search.sample = true;
    fixture.options.search.temperature = 3;
    fixture.options.threads = threads;
    fixture.options.mini_batch = threads == 1 ? 64 : 3;
    const auto texts = generate_all(fixture.generator(), lines);
    if (first.empty()) first = texts;
    EXPECT_EQ(texts, first);
    EXPECT_NE(texts, lines);
  }
}

TEST(TextGenerator, ThePrefixBeginsTheLineOnly) {
  Fixture fixture;
  fixture.options.prefix = "A dog";
  const std::string text = fixture.generator().generate("The cat sleeps on the mat. Birds sing.");
  EXPECT_THAT(text, testing::StartsWith("A dog"));
  EXPECT_THAT(text, testing::EndsWith(" Birds sing."));
}

TEST(TextGenerator, APrefixThatLeavesNoRoomIsAnError) {
  Fixture fixture;
  fixture.options.prefix = "The cat sleeps on the mat and the dog runs.";
  fixture.options.search.max_length = 5;
  try {
    fixture.generator();
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("--prefix"));
    EXPECT_THAT(error.what(), HasSubstr("--max-length 5"));
  }
}

TEST(TextGenerator, CandidatesHavePiecesScoresAndAlignment) {
  Fixture fixture;
  fixture.options.alignment = true;
  fixture.options.search.n_best = 2;
  const Part part = fixture.generator().generate_line("The cat sleeps.").parts.at(0);
  ASSERT_EQ(part.candidates.size(), 2U);
  const Candidate& best = part.candidates[0];
  EXPECT_EQ(best.pieces, part.source_pieces);
  EXPECT_EQ(best.piece_scores.size(), best.pieces.size() + 1);
  EXPECT_NEAR(best.score, std::log(0.9), 1e-6);
  ASSERT_EQ(best.alignment.size(), best.pieces.size());
  for (int i = 0; i < std::ssize(best.alignment); ++i) EXPECT_EQ(best.alignment[static_cast<std::size_t>(i)], std::pair(i, i));
  EXPECT_LT(part.candidates[1].score, best.score);
}

TEST(TextGenerator, ByteProductsNeverBreakALine) {
  const auto& vocabulary = *test_tokenizers().vocabulary;
  const std::vector<TokenId> ids{vocabulary.id("<0x0A>").value(), vocabulary.id("<0x0D>").value()};
  const SentenceDecoder decoder(echo_network(), test_tokenizers(), {});
  EXPECT_THAT(decoder.describe(ids).text, testing::Not(testing::AnyOf(HasSubstr("\n"), HasSubstr("\r"))));
}

TEST(TextGenerator, PairsAreScoredInOrder) {
  Fixture fixture;
  fixture.options.mini_batch = 2;
  fixture.options.alignment = true;
  const std::vector<std::string> sources{"The cat sleeps on the mat.", "Birds sing.", "Where is it?", "", "A dog runs."};
  std::vector<std::string> targets = sources;
  targets[2] = "Over there!";
  const std::vector<Part> parts = fixture.generator().score(sources, targets);
  std::vector<Candidate> scored;
  for (const Part& part : parts) scored.push_back(part.candidates.at(0));
  ASSERT_EQ(scored.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(scored[i].text, targets[i]);
    ASSERT_EQ(scored[i].piece_scores.size(), scored[i].pieces.size() + 1);
    const double all_right = static_cast<double>(scored[i].piece_scores.size()) * std::log(0.9);
    if (i == 2) {
      EXPECT_LT(scored[i].score, all_right - 1);
    } else {
      EXPECT_NEAR(scored[i].score, all_right, 1e-5);
    }
  }
  EXPECT_TRUE(scored[3].alignment.empty());
  EXPECT_EQ(scored[1].alignment.size(), scored[1].pieces.size());
}

}  // namespace
}  // namespace mynah::inference
