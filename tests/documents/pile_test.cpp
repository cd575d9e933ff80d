#include "documents/pile.h"

#include <gmock/gmock.h>

#include <set>

#include "made_documents.h"

namespace mynah::documents {
namespace {

TEST(Pile, ReadsWholeParagraphsInOrderAndCountsTheRest) {
  Random random(8);
  for (int trial = 0; trial < 200; ++trial) {
    const std::vector<Document> documents = made_documents(random, 1 + random.below(4));
    const SourceText all = source_text(documents, "en", random.below(2) == 0 ? "" : "ice and whales");
    const std::size_t most = random.below(200);
    const Pile pile = select_paragraphs(all, most);
    EXPECT_EQ(pile.words, all.words);
    std::set<std::pair<std::size_t, std::size_t>> read, there;
    std::vector<std::string> expected, found;
    std::size_t words = 0;
    for (const SourceSentence& sentence : pile.source.sentences) {
      read.emplace(sentence.document, sentence.paragraph);
      words += sentence.words;
      found.push_back(sentence.text);
    }
    for (const SourceSentence& sentence : all.sentences) {
      there.emplace(sentence.document, sentence.paragraph);
      if (read.contains({sentence.document, sentence.paragraph})) expected.push_back(sentence.text);
    }
    EXPECT_EQ(found, expected);
    EXPECT_EQ(pile.paragraphs, there.size());
    EXPECT_EQ(pile.paragraphs_read, read.size());
    EXPECT_EQ(pile.source.words, words);
    EXPECT_TRUE(words <= most || read.size() == 1) << words << " of " << most;
    if (most >= all.words) {
      EXPECT_EQ(read, there);
    }
  }
}

TEST(Pile, ReadsWhatTheTitleSaysFirst) {
  const std::vector<Document> documents{
      {"a", "", {{"Banks raised interest rates again. Rates are high.", ParagraphKind::prose}}, {}},
      {"b",
       "",
       {{"Weather was fine all week long.", ParagraphKind::prose},
        {"Sea ice melts in summer. Ice returns in winter.", ParagraphKind::prose}},
       {}}};
  const Pile pile = select_paragraphs(source_text(documents, "en", "Sea ice"), 9);
  ASSERT_EQ(pile.paragraphs_read, 1U);
  EXPECT_EQ(pile.source.sentences.front().text, "Sea ice melts in summer.");
}

TEST(Pile, OfNothingIsEmpty) {
  EXPECT_EQ(select_paragraphs({}, 100).paragraphs, 0U);
  EXPECT_TRUE(select_paragraphs({}, 0).source.sentences.empty());
}

}  // namespace
}  // namespace mynah::documents
