#include "inference/preparation.h"

#include <gmock/gmock.h>

#include "echo_network.h"
#include "text/utf8.h"

namespace mynah::inference {
namespace {

using testing::ElementsAre;

PreparedLine prepare(const std::string& line, const std::string& from, const std::string& to, GenerationOptions options = {}) {
  return Preparation(test_tokenizers(), from, to, options).prepare(line);
}

std::vector<std::string> texts(const PreparedLine& line) {
  std::vector<std::string> found;
  for (const auto& sentence : line.sentences) found.push_back(sentence.part.source);
  return found;
}

std::vector<std::string> separators(const PreparedLine& line) {
  std::vector<std::string> found;
  for (const auto& sentence : line.sentences) found.push_back(sentence.part.separator);
  return found;
}

TEST(Preparation, SentencesKeepTheSeparatorTheyHad) {
  const PreparedLine line = prepare("  The cat sleeps.  Birds sing! Where?  ", "en", "de");
  EXPECT_THAT(texts(line), ElementsAre("The cat sleeps.", "Birds sing!", "Where?"));
  EXPECT_THAT(separators(line), ElementsAre("  ", " ", ""));
  EXPECT_EQ(line.split_sentences, 0);
}

TEST(Preparation, IntoAScriptWithoutSpacesThereIsNone) {
  EXPECT_THAT(separators(prepare("The cat sleeps. Birds sing!", "en", "zh")), ElementsAre("", ""));
  EXPECT_THAT(separators(prepare("The cat sleeps. Birds sing!", "en", "zh-Hant")), ElementsAre("", ""));
}

TEST(Preparation, OutOfAScriptWithoutSpacesThereIsOne) {
  const PreparedLine line = prepare("猫在睡觉。我喜欢喝绿茶。", "zh", "en");
  EXPECT_THAT(texts(line), ElementsAre("猫在睡觉。", "我喜欢喝绿茶。"));
  EXPECT_THAT(separators(line), ElementsAre(" ", ""));
}

TEST(Preparation, IdsEndInEndAndPiecesAreTheirs) {
  const PreparedLine line = prepare("The cat sleeps.", "en", "de");
  const auto& [part, source] = line.sentences.at(0);
  const TokenizerPair tokenizers = test_tokenizers();
  std::vector<TokenId> expected = tokenizers.source->encode("The cat sleeps.");
  EXPECT_EQ(part.source_pieces.size(), expected.size());
  expected.push_back(tokenizers.vocabulary->end());
  EXPECT_EQ(source, expected);
  EXPECT_EQ(part.source_pieces.front(), tokenizers.vocabulary->piece(source.front()));
}

TEST(Preparation, WithoutSplittingALineIsOneSentence) {
  GenerationOptions options;
  options.split_sentences = false;
  EXPECT_THAT(texts(prepare("The cat sleeps. Birds sing! ", "en", "de", options)), ElementsAre("The cat sleeps. Birds sing!"));
  EXPECT_TRUE(prepare(" \t ", "en", "de", options).sentences.empty());
}

TEST(Preparation, LongSentencesAreSplitUntilTheyFitAndNothingIsLost) {
  GenerationOptions options;
  options.max_source_length = 10;
  const std::string text =
      "I like green tea, and you like coffee, and the cat sleeps on the mat in the morning while birds sing.";
  const PreparedLine line = prepare(text, "en", "de", options);
  EXPECT_GT(line.sentences.size(), 3U);
  EXPECT_EQ(line.split_sentences, 1);
  std::string joined;
  for (const auto& [part, source] : line.sentences) {
    EXPECT_LE(source.size(), 10U);
    joined += part.source + part.separator;
  }
  EXPECT_EQ(joined, text);
}

TEST(Preparation, AWordWithoutEndIsSplitWithoutASeparator) {
  GenerationOptions options;
  options.max_source_length = 8;
  const std::string word(500, 'x');
  const PreparedLine line = prepare(word, "en", "de", options);
  std::string joined;
  for (const auto& [part, source] : line.sentences) {
    EXPECT_LE(source.size(), 8U);
    joined += part.source + part.separator;
  }
  EXPECT_EQ(joined, word);
}

TEST(Preparation, OneCodePointOfManyBytesIsNotSplit) {
  GenerationOptions options;
  options.max_source_length = 3;  // below what the option allows, so that four bytes are over it
  const PreparedLine line = prepare("\U0001F98A\U0001F98A", "en", "de", options);
  EXPECT_THAT(texts(line), ElementsAre("\U0001F98A", "\U0001F98A"));
}

TEST(Preparation, AHundredPagesWithoutASentenceEndAreCut) {
  std::string text;
  while (text.size() < 200'000) text += "and the cat sleeps on the mat ";
  const PreparedLine line = prepare(text, "en", "de");
  EXPECT_EQ(line.split_sentences, 1);
  std::size_t bytes = 0;
  for (const auto& [part, source] : line.sentences) {
    EXPECT_LE(source.size(), 256U);
    bytes += part.source.size() + part.separator.size();
  }
  EXPECT_EQ(bytes, text.size() - 1);  // but the space at the end
}

TEST(Preparation, ABeginningIsCutInFrontOfItsLastSentence) {
  const Preparation preparation(test_tokenizers(), "en", "de", {});
  EXPECT_EQ(preparation.cut("The cat sleeps. Birds si"), std::string("The cat sleeps. ").size());
  EXPECT_EQ(preparation.cut("The cat sleeps"), 0U);
  EXPECT_EQ(preparation.cut(""), 0U);
  std::string endless;
  while (endless.size() < 200'000) endless += "word ";
  const std::size_t cut = preparation.cut(endless);
  EXPECT_GT(cut, 0U);
  EXPECT_EQ(endless[cut - 1], ' ');
}

TEST(Preparation, ABeginningKeepsItsLastSeparator) {
  const PreparedLine line = Preparation(test_tokenizers(), "en", "de", {}).prepare("The cat sleeps.  Birds sing! ", false);
  EXPECT_THAT(separators(line), ElementsAre("  ", " "));
  EXPECT_FALSE(line.complete);
}

}  // namespace
}  // namespace mynah::inference
