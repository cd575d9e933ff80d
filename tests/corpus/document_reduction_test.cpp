#include "corpus/document_reduction.h"

#include <gmock/gmock.h>

#include "fixtures.h"

namespace mynah::corpus {
namespace {

using testing::StartsWith;

const std::string kDocument =
    "The bridge is green. My key lies on the green bridge. A bottle of my sister is empty. "
    "The green bridge has a green key. Nobody knows the number of the house. The bridge has a number on Monday.";

TEST(DocumentReduction, FindsTheStyle) {
  EXPECT_EQ(style_token(">>headline<< Text"), ">>headline<< ");
  EXPECT_EQ(style_token("Text >>headline<< "), "");
  EXPECT_EQ(style_token(">>headline"), "");
}

TEST(DocumentReduction, LeavesWholeSentencesInOrderBehindTheStyle) {
  const Tokenizer& tokenizer = *tokenizers().source;
  const std::string text = ">>headline<< " + kDocument;
  const std::size_t all = tokenizer.encode(text).size();
  for (const std::size_t most : {all / 2, 2 * all / 3, all - 1}) {
    std::string rest = reduced_document(text, "en", tokenizer, most);
    EXPECT_LT(tokenizer.encode(rest).size(), most) << "the end of sentence counts";
    EXPECT_THAT(rest, StartsWith(">>headline<< "));
    rest.erase(0, style_token(rest).size());
    std::size_t place = 0;
    for (std::size_t begin = 0; begin < rest.size();) {
      const std::size_t end = rest.find('.', begin) + 1;
      const std::size_t found = kDocument.find(rest.substr(begin, end - begin), place);
      ASSERT_NE(found, std::string::npos) << rest;
      place = found + 1;
      begin = end + 1;
    }
  }
}

TEST(DocumentReduction, IsEmptyWhereNoSentenceFits) { EXPECT_EQ(reduced_document(kDocument, "en", *tokenizers().source, 3), ""); }

TEST(DocumentReduction, ReducedPairsAreCountedAndKept) {
  SmallCorpus corpus = small_corpus(20);
  for (std::string& summary : corpus.target) summary = "a";
  corpus.source[3] = kDocument;
  corpus.source[4] = "a";
  corpus.target[4] = "Die Brücke und die Karte und die Brücke";
  const auto length = static_cast<int>(ids_of(*tokenizers().source, kDocument).size());
  const CachePlan plan{.max_length = length - 10, .keep_text = true, .documents = true, .language = "en"};
  const Built built(corpus, plan);
  EXPECT_EQ(built.account.left_out.at("reduced to best sentences"), 1);
  EXPECT_EQ(built.account.left_out.at("too uneven"), 1) << "a summary longer than its document";
  EXPECT_EQ(built.account.kept, 19);
  std::size_t found = 0;
  for (std::uint64_t pair = 0; pair < built.cache().size(); ++pair) {
    const Cache cache = built.cache();
    if (2 * cache.source_text(pair).size() < kDocument.size()) continue;
    ++found;
    EXPECT_LE(std::ssize(cache.source(pair)), length - 10);
    EXPECT_LT(cache.source_text(pair).size(), kDocument.size());
  }
  EXPECT_EQ(found, 1U);
  EXPECT_EQ(Built(corpus, {.max_length = length - 10, .max_length_ratio = 100}).account.left_out.at("too long"), 1);
}

}  // namespace
}  // namespace mynah::corpus
