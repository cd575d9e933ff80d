#include "corpus/preparation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fixtures.h"

namespace mynah::corpus {
namespace {

using testing::Pair;
using testing::UnorderedElementsAre;

TEST(Preparation, CountsWhatIsLeftOutByReason) {
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

TEST(Preparation, TheLimitIsInIdsWithTheEnd) {
  const SmallCorpus corpus{{"a", "the green bottle on the bridge"}, {"a", "die grüne Flasche auf der Brücke"}};
  std::size_t longest = 0;
  for (const auto& text : {corpus.source[0], corpus.source[1], corpus.target[0], corpus.target[1]}) {
    longest = std::max(longest, ids_of(*tokenizers().source, text).size());
  }
  EXPECT_EQ(Built(corpus, {.max_length = static_cast<int>(longest)}).account.kept, 2);
  EXPECT_EQ(Built(corpus, {.max_length = static_cast<int>(longest) - 1}).account.kept, 1);
}

TEST(Preparation, ShortPairsMayBeUneven) {
  const SmallCorpus corpus{{"a", "key."},
                           {"den Schlüssel", "eine schwere Kiste am Bahnhof jeden Montag heute ohne ein Wort auf der Brücke"}};
  ASSERT_LE(ids_of(*tokenizers().target, corpus.target[0]).size(), 10U);
  const Built built(corpus, {.max_length_ratio = 1.1});
  EXPECT_EQ(built.account.kept, 1);
  EXPECT_THAT(built.account.left_out, UnorderedElementsAre(Pair("too uneven", 1)));
}

TEST(Preparation, ReadsInBlocksThatFitInMemory) {
  const TemporaryFolder folder;
  const auto blocks_of = [&](const SmallCorpus& corpus) {
    PairReader reader(write_corpus(folder, "corpus", corpus));
    std::vector<std::size_t> sizes;
    for (auto block = read_block(reader); !block.empty(); block = read_block(reader)) sizes.push_back(block.size());
    return sizes;
  };
  EXPECT_THAT(blocks_of(small_corpus(20000)), testing::ElementsAre(8192, 8192, 3616));
  SmallCorpus books;
  books.source.assign(10, std::string(2'000'000, 'b'));
  books.target.assign(10, std::string(1'000'000, 'b'));
  EXPECT_THAT(blocks_of(books), testing::ElementsAre(3, 3, 3, 1));
}

}  // namespace
}  // namespace mynah::corpus
