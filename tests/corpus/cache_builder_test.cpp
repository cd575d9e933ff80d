#include "corpus/cache_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <csignal>
#include <cstdlib>

#include "base/error.h"
#include "base/interrupt.h"
#include "fixtures.h"

namespace mynah::corpus {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

TEST(CacheBuilder, FaultyLinesAreCountedAndTheFirstOneTold) {
  const TemporaryFolder folder;
  const auto path = folder.file("table.tsv", "the key\tden Schlüssel\nbroken\nthe map\tdie Karte\nbroken too\n");
  std::vector<std::string> lines;
  const auto account = Cache::build(folder.path(), {.sources = {{{path}, {"1", "2"}}}}, tokenizers(),
                                    Log([&](LogLevel level, std::string_view line) {
                                      EXPECT_EQ(level, LogLevel::warning);
                                      lines.emplace_back(line);
                                    }),
                                    nullptr);
  EXPECT_EQ(account.kept, 2);
  EXPECT_THAT(account.left_out, UnorderedElementsAre(Pair("malformed", 2)));
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0], HasSubstr(path + ", line 2"));
}

TEST(CacheBuilder, GivesTheSameBytesForTheSamePlan) {
  const Built one(small_corpus(300), {.hold_out = 10, .keep_text = true}),
      other(small_corpus(300), {.hold_out = 10, .keep_text = true});
  for (const char* name : {"cache/corpus.ids", "cache/corpus.index", "cache/corpus.text"}) {
    EXPECT_EQ(content_of(one.folder / name), content_of(other.folder / name));
  }
}

TEST(CacheBuilder, ReportsProgress) {
  struct Watch : Progress {
    std::vector<std::uint64_t> done;
    bool finished = false;
    void update(std::uint64_t now, std::uint64_t, std::string_view) override { done.push_back(now); }
    void finish() override { finished = true; }
  } watch;
  const TemporaryFolder folder;
  Cache::build(folder.path(), {.sources = {write_corpus(folder, "corpus", small_corpus(9000))}}, tokenizers(), Log(), &watch);
  EXPECT_EQ(watch.done, (std::vector<std::uint64_t>{4096, 8192}));
  EXPECT_TRUE(watch.finished);
}

TEST(CacheBuilder, RefusesACorpusOfWhichNothingIsLeft) {
  const auto message = message_of<Error>([] { Built(SmallCorpus{{"a", "", ""}, {"", "b", ""}}); });
  EXPECT_THAT(message, AllOf(HasSubstr("no pair"), HasSubstr("corpus.source"), HasSubstr("3 read, 3 empty")));
  EXPECT_THAT(message_of<Error>([] { Built(SmallCorpus{}); }), HasSubstr("0 read"));
}

TEST(CacheBuilder, RefusesAWeightThatIsNotPositive) {
  const TemporaryFolder folder;
  for (const double weight : {0.0, -1.0, std::nan("")}) {
    const CachePlan plan{.sources = {write_corpus(folder, "corpus", small_corpus(5), weight)}};
    EXPECT_THAT(message_of<Error>([&] { Cache::build(folder.path(), plan, tokenizers(), Log(), nullptr); }),
                HasSubstr("more than 0"));
  }
}

TEST(CacheBuilder, AFailureLeavesNothingThatLooksWhole) {
  const TemporaryFolder folder;
  CachePlan plan{.sources = {write_corpus(folder, "corpus", small_corpus(50))}};
  Cache::build(folder.path() / "cache", plan, tokenizers(), Log(), nullptr);
  plan.sources[0].paths[1] = folder.file("shorter", "only one line\n");
  EXPECT_THROW(Cache::build(folder.path() / "cache", plan, tokenizers(), Log(), nullptr), Error);
  EXPECT_THROW(Cache(folder.path() / "cache"), Error) << "not even the one that was there before";
}

TEST(CacheBuilder, NamesAFolderThatCannotBeMade) {
  const TemporaryFolder folder;
  const auto file = folder.file("file", "");
  const CachePlan plan{.sources = {write_corpus(folder, "corpus", small_corpus(5))}};
  EXPECT_THAT(message_of<Error>([&] { Cache::build(file + "/cache", plan, tokenizers(), Log(), nullptr); }), HasSubstr(file));
}

TEST(CacheBuilderDeathTest, EndsWhenInterrupted) {
  const TemporaryFolder folder;
  const CachePlan plan{.sources = {write_corpus(folder, "corpus", small_corpus(5))}};
  const auto interrupt = [&] {
    catch_interrupts();
    std::raise(SIGINT);
    const auto message =
        message_of<Interrupted>([&] { Cache::build(folder.path() / "cache", plan, tokenizers(), Log(), nullptr); });
    std::_Exit(message.empty() ? 1 : 0);
  };
  EXPECT_EXIT(interrupt(), testing::ExitedWithCode(0), "");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "cache" / "corpus.json"));
}

}  // namespace
}  // namespace mynah::corpus
