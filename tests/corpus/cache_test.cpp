#include "corpus/cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/json.h"
#include "fixtures.h"

namespace mynah::corpus {
namespace {

using testing::HasSubstr;

std::vector<TokenId> list(std::span<const TokenId> ids) { return {ids.begin(), ids.end()}; }

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

TEST(Cache, LargerThanABlockKeepsItsOrder) {
  const auto corpus = small_corpus(20000);
  const Built built(corpus, {.keep_text = true});
  const auto cache = built.cache();
  ASSERT_EQ(cache.size(), 20000U);
  for (std::uint64_t pair = 0; pair < cache.size(); ++pair) ASSERT_EQ(cache.target_text(pair), corpus.target[pair]);
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
