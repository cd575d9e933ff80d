#include "text/tokenizer_training.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <span>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "small_corpus.h"

namespace mynah {
namespace {

using testing::AllOf;
using testing::HasSubstr;

EachLine each(const std::vector<std::string>& lines) {
  return [&lines](const std::function<void(std::string_view)>& visit) {
    for (const auto& line : lines) visit(line);
  };
}

TokenizerTraining options(int vocabulary = 400) {
  TokenizerTraining result;
  result.vocabulary = vocabulary;
  return result;
}

TokenizerPair train(const TokenizerTraining& how, const SmallCorpus& corpus = small_corpus()) {
  return train_tokenizers(how, each(corpus.source), each(corpus.target), Log());
}

TEST(TokenizerTraining, LaysTheVocabularyOutAsMarianTokenizerExpects) {
  for (const char* type : {"unigram", "bpe"}) {
    auto how = options();
    how.type = type;
    const auto pair = train(how);
    EXPECT_EQ(pair.source, pair.target) << "one model for both sides";
    EXPECT_EQ(pair.vocabulary->size(), 401) << "<pad> comes on top";
    EXPECT_EQ(pair.vocabulary->end(), 0);
    EXPECT_EQ(pair.vocabulary->unknown(), 1);
    EXPECT_EQ(pair.vocabulary->pad(), 400);
    const auto learned = learned_pieces(pair.source->serialized(), "test");
    ASSERT_EQ(learned.size(), 398U);
    for (TokenId id = 2; id < 400; ++id) EXPECT_EQ(pair.vocabulary->piece(id), learned[static_cast<std::size_t>(id) - 2]);
    EXPECT_TRUE(pair.vocabulary->id("<0x00>")) << "byte fallback is on";
    EXPECT_FALSE(pair.vocabulary->id("<s>"));
  }
}

TEST(TokenizerTraining, SymbolsArePiecesWhole) {
  auto how = options();
  how.symbols = {">>headline<<", ">>sentence<<"};
  const auto pair = train(how);
  EXPECT_EQ(pair.vocabulary->size(), 401);
  for (const std::string& symbol : how.symbols) {
    ASSERT_TRUE(pair.vocabulary->id(symbol));
    const auto ids = pair.source->encode(symbol + " the key");
    EXPECT_EQ(ids.front(), *pair.vocabulary->id(symbol));
    const auto plain = pair.source->encode("the key");
    EXPECT_TRUE(std::ranges::equal(std::span(ids).subspan(1), plain));
    Random random(1);
    EXPECT_EQ(pair.source->sample(symbol + " the key", 0.5, random).front(), ids.front());
  }
}

TEST(TokenizerTraining, SeparateSidesShareOneVocabulary) {
  auto how = options(330);
  how.separate = true;
  const auto pair = train(how);
  EXPECT_NE(pair.source->serialized(), pair.target->serialized());
  EXPECT_GT(pair.vocabulary->size(), 331);
  for (const auto& tokenizer : {pair.source, pair.target}) {
    const auto learned = learned_pieces(tokenizer->serialized(), "test");
    EXPECT_EQ(learned.size(), 328U);
    for (const auto& piece : learned) EXPECT_TRUE(pair.vocabulary->id(piece)) << piece;
  }
}

TEST(TokenizerTraining, IsDeterministicAndSilent) {
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  for (const char* type : {"unigram", "bpe"}) {
    auto how = options();
    how.type = type;
    how.sample_lines = 600;  // half of the text
    const auto first = train(how).source->serialized();
    EXPECT_EQ(first, train(how).source->serialized());
    how.seed = 2;
    EXPECT_NE(first, train(how).source->serialized()) << "another sample";
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

TEST(TokenizerTraining, SaysWhatItDoesInTheLog) {
  std::vector<std::string> lines;
  const auto corpus = small_corpus();
  auto how = options();
  how.sample_lines = 500;
  train_tokenizers(how, each(corpus.source), each(corpus.target),
                   Log([&](LogLevel, std::string_view line) { lines.emplace_back(line); }));
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0], HasSubstr("400 pieces on 250 + 250 lines"));
}

TEST(TokenizerTraining, LeavesLookAlikesAsTheyAre) {
  auto corpus = small_corpus();
  corpus.target.push_back("ﬁne ① ，。 ½ ｆｕｌｌ");
  const auto pair = train(options(430), corpus);
  EXPECT_EQ(pair.target->decode(pair.target->encode("ﬁ ① ，。 ½ ｆｕｌｌ")), "ﬁ ① ，。 ½ ｆｕｌｌ");
  for (const char* character : {"ﬁ", "①", "，"})
    EXPECT_TRUE(pair.vocabulary->id(character)) << character << ": coverage is complete";
}

TEST(TokenizerTraining, LeavesRareCharactersOfLargeScriptsToBytes) {
  auto corpus = small_corpus();
  corpus.target.push_back("龘");
  auto how = options(430);
  how.target_language = "zh-TW";
  EXPECT_FALSE(train(how, corpus).vocabulary->id("龘"));
  how.target_language = "de";
  EXPECT_TRUE(train(how, corpus).vocabulary->id("龘"));
}

TEST(TokenizerTraining, TakesInvalidAndVeryLongLines) {
  auto corpus = small_corpus();
  corpus.source.push_back("broken \xFF\xC3 bytes");
  corpus.source.push_back(std::string(3'000'000, 'z') + "Q");
  const auto pair = train(options(), corpus);
  EXPECT_TRUE(pair.vocabulary->id("z"));
  EXPECT_FALSE(pair.vocabulary->id("Q")) << "long lines are cut";
}

/// The number behind `words` in a message.
int number_behind(const std::string& message, const std::string& words) {
  int number = 0;
  const std::size_t begin = message.find(words) + words.size();
  std::from_chars(message.data() + begin, message.data() + message.size(), number);
  return number;
}

TEST(TokenizerTraining, SaysTheLargestVocabularyThatWorks) {
  for (const char* type : {"unigram", "bpe"}) {
    auto how = options(5000);
    how.type = type;
    const auto message = message_of<Error>([&] { train(how); });
    ASSERT_THAT(message, AllOf(HasSubstr("5000 pieces"), HasSubstr("1200 lines"), HasSubstr("too small for more than ")));
    how.vocabulary = number_behind(message, "too small for more than ");
    EXPECT_EQ(train(how).vocabulary->size(), how.vocabulary + 1);
    ++how.vocabulary;
    EXPECT_THROW(train(how), Error);
  }
}

TEST(TokenizerTraining, SaysTheSmallestVocabularyThatWorks) {
  const auto message = message_of<Error>([] { train(options(270)); });
  ASSERT_THAT(message, HasSubstr("characters alone need "));
  EXPECT_EQ(train(options(number_behind(message, "characters alone need "))).vocabulary->size(),
            number_behind(message, "characters alone need ") + 1);
}

TEST(TokenizerTraining, RefusesEmptyTextAndUnknownTypes) {
  EXPECT_THAT(message_of<Error>([] { train(options(), {{"", "  "}, {"\u3000"}}); }), HasSubstr("no line that is not blank"));
  auto how = options();
  how.type = "word";
  EXPECT_THAT(message_of<Error>([&] { train(how); }), AllOf(HasSubstr("'word'"), HasSubstr("unigram or bpe")));
}

TEST(TokenizerTraining, JoinsGivenModels) {
  const TemporaryFolder folder;
  auto how = options(330);
  how.separate = true;
  const auto pair = train(how);
  save_tokenizers(pair, folder.path());
  const auto joined = join_tokenizers(folder / "source.spm", folder / "target.spm");
  ASSERT_EQ(joined.vocabulary->size(), pair.vocabulary->size());
  for (TokenId id = 0; id < joined.vocabulary->size(); ++id) EXPECT_EQ(joined.vocabulary->piece(id), pair.vocabulary->piece(id));
  const auto same = join_tokenizers(folder / "source.spm", folder / "source.spm");
  EXPECT_EQ(same.source, same.target);
  EXPECT_THAT(message_of<Error>([&] { join_tokenizers(folder / "source.spm", folder / "nothing.spm"); }),
              HasSubstr("nothing.spm"));
}

TEST(TokenizerTraining, JoinsModelsOfOthers) {
  const char* data = std::getenv("MYNAH_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "MYNAH_TEST_DATA is not set: no SentencePiece models of others to join";
  const std::filesystem::path folder = std::filesystem::path(data) / "models/sentencepiece";
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << folder << " is not there";
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const auto pair = join_tokenizers(file.path(), file.path());
    const auto ids = pair.source->encode("Hello world, this is a test.");
    EXPECT_EQ(pair.source->decode(ids).empty(), false) << file.path();
    Random random(1);
    EXPECT_EQ(pair.source->decode(pair.source->sample("hello world", 0.3, random)),
              pair.source->decode(pair.source->encode("hello world")));
  }
}

}  // namespace
}  // namespace mynah
