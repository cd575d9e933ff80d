#include "corpus/cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/json.h"
#include "fixtures.h"

namespace mynah::corpus {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

std::vector<TokenId> ids_of(const Tokenizer& tokenizer, const std::string& text) {
  auto ids = tokenizer.encode(text);
  ids.push_back(0);
  return ids;
}

std::vector<TokenId> list(std::span<const TokenId> ids) { return {ids.begin(), ids.end()}; }

struct Built {
  TemporaryFolder folder;
  CacheAccount account;
  std::vector<std::string> log;

  explicit Built(const SmallCorpus& corpus, CachePlan plan = {}) {
    plan.sources = {write_corpus(folder, "corpus", corpus)};
    build(plan);
  }
  explicit Built(const std::vector<SmallCorpus>& corpora, CachePlan plan = {}) {
    for (const auto& corpus : corpora)
      plan.sources.push_back(write_corpus(folder, concat("corpus", plan.sources.size()), corpus));
    build(plan);
  }
  void build(const CachePlan& plan) {
    account = Cache::build(folder.path() / "cache", plan, tokenizers(),
                           Log([this](LogLevel, std::string_view line) { log.emplace_back(line); }), nullptr);
  }
  Cache cache() const { return Cache(folder.path() / "cache"); }
};

TEST(Cache, HoldsThePairsInOrder) {
  const auto corpus = small_corpus(100);
  const Built built(corpus, {.keep_text = true});
  const auto cache = built.cache();
  ASSERT_EQ(cache.size(), 100U);
  double longer = 0;
  for (std::uint64_t pair = 0; pair < cache.size(); ++pair) {
    EXPECT_EQ(list(cache.source(pair)), ids_of(*tokenizers().source, corpus.source[pair]));
    EXPECT_EQ(list(cache.target(pair)), ids_of(*tokenizers().target, corpus.target[pair]));
    EXPECT_EQ(cache.source_text(pair), corpus.source[pair]);
    EXPECT_EQ(cache.target_text(pair), corpus.target[pair]);
    longer += static_cast<double>(std::max(cache.source(pair).size(), cache.target(pair).size()));
  }
  EXPECT_DOUBLE_EQ(cache.mean_length(), longer / 100);
  EXPECT_EQ(cache.vocabulary(), tokenizers().vocabulary->size());
  EXPECT_TRUE(cache.has_text());
}

TEST(Cache, WithoutTextHoldsNone) {
  const Built built(small_corpus(10));
  EXPECT_FALSE(built.cache().has_text());
  EXPECT_EQ(built.cache().source_text(3), "");
}

TEST(Cache, CountsWhatIsLeftOutByReason) {
  auto corpus = small_corpus(20);
  corpus.source[0] = "";
  corpus.target[1] = "\u3000 ";
  for (int word = 0; word < 15; ++word) corpus.source[2] += " the key";
  for (int word = 0; word < 30; ++word) corpus.target[3] += " Schlüssel Karte Brücke";
  corpus.target[3] += " Karte";
  corpus.source[4] = "a \xFF key";
  corpus.target[4] = "ein \xC3 Schlüssel";
  const auto is_long = [&](const std::string& text) { return ids_of(*tokenizers().source, text).size(); };
  ASSERT_GT(is_long(corpus.target[3]), 80U);
  ASSERT_LE(is_long(corpus.source[2]), 80U);
  const Built built(corpus, {.max_length = 80, .max_length_ratio = 2, .keep_text = true});
  EXPECT_EQ(built.account.read, 20);
  EXPECT_EQ(built.account.kept, 16);
  EXPECT_THAT(built.account.left_out, UnorderedElementsAre(Pair("empty", 2), Pair("too uneven", 1), Pair("too long", 1),
                                                           Pair("invalid UTF-8 repaired", 1)));
  const auto cache = built.cache();
  EXPECT_EQ(cache.size(), 16U);
  EXPECT_EQ(cache.source_text(0), "a \uFFFD key");
  const auto account = cache.account();
  EXPECT_EQ(account.read, 20);
  EXPECT_EQ(account.kept, 16);
  EXPECT_EQ(account.left_out, built.account.left_out);
}

TEST(Cache, TheLimitIsInIdsWithTheEnd) {
  const SmallCorpus corpus{{"a", "the green bottle on the bridge"}, {"a", "die grüne Flasche auf der Brücke"}};
  std::size_t longest = 0;
  for (const auto& text : {corpus.source[0], corpus.source[1], corpus.target[0], corpus.target[1]}) {
    longest = std::max(longest, ids_of(*tokenizers().source, text).size());
  }
  EXPECT_EQ(Built(corpus, {.max_length = static_cast<int>(longest)}).account.kept, 2);
  EXPECT_EQ(Built(corpus, {.max_length = static_cast<int>(longest) - 1}).account.kept, 1);
}

TEST(Cache, ShortPairsMayBeUneven) {
  const SmallCorpus corpus{{"a", "key."},
                           {"den Schlüssel", "eine schwere Kiste am Bahnhof jeden Montag heute ohne ein Wort auf der Brücke"}};
  ASSERT_LE(ids_of(*tokenizers().target, corpus.target[0]).size(), 10U);
  const Built built(corpus, {.max_length_ratio = 1.1});
  EXPECT_EQ(built.account.kept, 1);
  EXPECT_THAT(built.account.left_out, UnorderedElementsAre(Pair("too uneven", 1)));
}

TEST(Cache, FaultyLinesAreCountedAndTheFirstOneTold) {
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
  EXPECT_THAT(account.left_out, UnorderedElementsAre(Pair("no pair", 2)));
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0], HasSubstr(path + ", line 2"));
}

TEST(Cache, HoldsOutAUniformSampleByTheSeed) {
  const auto corpus = small_corpus(400);
  std::vector<int> drawn(401);
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Built built(corpus, {.hold_out = 20, .seed = seed, .keep_text = true});
    const auto cache = built.cache();
    ASSERT_EQ(built.account.held_out, 20);
    ASSERT_EQ(built.account.kept, 380);
    ASSERT_EQ(cache.size(), 380U);
    std::set<std::uint64_t> lines;
    for (const auto& pair : cache.held_out()) {
      ++drawn[pair.line];
      lines.insert(pair.line);
      EXPECT_EQ(pair.source, corpus.source[pair.line - 1]);
      EXPECT_EQ(pair.target, corpus.target[pair.line - 1]);
    }
    ASSERT_EQ(lines.size(), 20U) << "each line once";
    std::uint64_t next = 0;  // the others are for training, in order
    for (std::uint64_t line = 1; line <= 400; ++line) {
      if (lines.contains(line)) continue;
      ASSERT_EQ(cache.source_text(next++), corpus.source[line - 1]);
    }
  }
  int halves[2]{}, most = 0;
  for (std::size_t line = 1; line <= 400; ++line) {
    halves[line > 200] += drawn[line];
    most = std::max(most, drawn[line]);
  }
  EXPECT_NEAR(halves[0], 600, 5 * 17) << "of 1,200 draws";
  EXPECT_LT(most, 15) << "three are expected of each line";
}

TEST(Cache, HoldsOutATenthAtMost) {
  EXPECT_EQ(Built(small_corpus(50), {.hold_out = 1000}).account.held_out, 5);
  EXPECT_EQ(Built(small_corpus(3), {.hold_out = 1000}).account.held_out, 1);
  EXPECT_EQ(Built(small_corpus(1), {.hold_out = 1000}).account.held_out, 0);
}

TEST(Cache, KeepsCorporaApart) {
  SmallCorpus blank{{"", " "}, {"", ""}};
  const std::vector<SmallCorpus> corpora{small_corpus(30, 1), blank, small_corpus(50, 2), small_corpus(20, 3), blank};
  const Built built(corpora, {.hold_out = 8, .keep_text = true});
  const auto cache = built.cache();
  ASSERT_EQ(cache.corpora(), 5);
  EXPECT_EQ(cache.size(), 92U);
  EXPECT_EQ(cache.first(0), 0U);
  EXPECT_EQ(cache.first(5), 92U);
  EXPECT_EQ(cache.first(1), cache.first(2)) << "nothing is left of the second";
  EXPECT_EQ(cache.first(4), cache.first(5));
  for (int corpus = 0; corpus < 5; ++corpus) {
    const auto& lines = corpora[static_cast<std::size_t>(corpus)].source;
    auto line = lines.begin();
    for (std::uint64_t pair = cache.first(corpus); pair < cache.first(corpus + 1); ++pair) {
      line = std::find(line, lines.end(), cache.source_text(pair));
      ASSERT_NE(line, lines.end()) << "pair " << pair << " belongs to corpus " << corpus;
    }
  }
}

TEST(Cache, GivesTheSameBytesForTheSamePlan) {
  const Built one(small_corpus(300), {.hold_out = 10, .keep_text = true}),
      other(small_corpus(300), {.hold_out = 10, .keep_text = true});
  for (const char* name : {"cache/corpus.ids", "cache/corpus.index", "cache/corpus.text"}) {
    EXPECT_EQ(content_of(one.folder / name), content_of(other.folder / name));
  }
}

TEST(Cache, LargerThanABlockKeepsItsOrder) {
  const auto corpus = small_corpus(20000);
  const Built built(corpus, {.keep_text = true});
  const auto cache = built.cache();
  ASSERT_EQ(cache.size(), 20000U);
  for (std::uint64_t pair = 0; pair < cache.size(); ++pair) ASSERT_EQ(cache.target_text(pair), corpus.target[pair]);
}

TEST(Cache, ReportsProgress) {
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

TEST(Cache, RefusesACorpusOfWhichNothingIsLeft) {
  const auto message = message_of<Error>([] { Built(SmallCorpus{{"a", "", ""}, {"", "b", ""}}); });
  EXPECT_THAT(message, AllOf(HasSubstr("no pair"), HasSubstr("corpus.source"), HasSubstr("3 read, 3 empty")));
  EXPECT_THAT(message_of<Error>([] { Built(SmallCorpus{}); }), HasSubstr("0 read"));
}

TEST(Cache, RefusesAWeightThatIsNotPositive) {
  const TemporaryFolder folder;
  for (const double weight : {0.0, -1.0, std::nan("")}) {
    const CachePlan plan{.sources = {write_corpus(folder, "corpus", small_corpus(5), weight)}};
    EXPECT_THAT(message_of<Error>([&] { Cache::build(folder.path(), plan, tokenizers(), Log(), nullptr); }),
                HasSubstr("more than 0"));
  }
}

TEST(Cache, AFailureLeavesNothingThatLooksWhole) {
  const TemporaryFolder folder;
  CachePlan plan{.sources = {write_corpus(folder, "corpus", small_corpus(50))}};
  Cache::build(folder.path() / "cache", plan, tokenizers(), Log(), nullptr);
  plan.sources[0].paths[1] = folder.file("shorter", "only one line\n");
  EXPECT_THROW(Cache::build(folder.path() / "cache", plan, tokenizers(), Log(), nullptr), Error);
  EXPECT_THROW(Cache(folder.path() / "cache"), Error) << "not even the one that was there before";
}

TEST(Cache, NamesWhatIsMissingOrDamaged) {
  const auto damaged = [](const std::string& name, const auto& damage) {
    const Built built(small_corpus(50), {.keep_text = true});
    damage(built.folder.path() / "cache" / name);
    const auto message = message_of<Error>([&] {
      const auto cache = built.cache();
      for (std::uint64_t pair = 0; pair < cache.size(); ++pair) cache.target(pair);
    });
    EXPECT_THAT(message, HasSubstr(built.folder / ("cache/" + name)));
    return message;
  };
  namespace fs = std::filesystem;
  for (const char* name : {"corpus.json", "corpus.index", "corpus.ids", "corpus.text"}) {
    damaged(name, [](const fs::path& path) { fs::remove(path); });
    damaged(name, [](const fs::path& path) { fs::resize_file(path, fs::file_size(path) - 8); });
  }
  const auto change = [](const char* key, const Json& value) {
    return [=](const fs::path& path) {
      auto json = read_json(path);
      json[key] = value;
      write_json(path, json);
    };
  };
  EXPECT_THAT(damaged("corpus.json", change("version", 99)), HasSubstr("version 99"));
  EXPECT_THAT(damaged("corpus.json", change("mean_length", "long")), HasSubstr("damaged"));
  EXPECT_THAT(damaged("corpus.json", [](const fs::path& path) { write_json(path, Json::object()); }), HasSubstr("damaged"));
  EXPECT_THAT(damaged("corpus.index",
                      [](const fs::path& path) {
                        std::string bytes = content_of(path.string());
                        std::fill(bytes.begin() + 320, bytes.begin() + 328, '\x7F');
                        std::ofstream(path, std::ios::binary) << bytes;
                      }),
              HasSubstr("pair 10 lies outside"));
}

}  // namespace
}  // namespace mynah::corpus
