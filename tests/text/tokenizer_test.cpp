#include "text/tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sentencepiece_processor.h>

#include <cmath>
#include <future>
#include <map>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "small_corpus.h"
#include "text/tokenizer_training.h"

namespace mynah {
namespace {

using testing::AllOf;
using testing::HasSubstr;

EachLine each(const std::vector<std::string>& lines) {
  return [&lines](const std::function<void(std::string_view)>& visit) {
    for (const auto& line : lines) visit(line);
  };
}

TokenizerPair train(const std::string& type, bool separate = false) {
  const auto corpus = small_corpus();
  TokenizerTraining options;
  options.vocabulary = separate ? 340 : 420;
  options.type = type;
  options.separate = separate;
  return train_tokenizers(options, each(corpus.source), each(corpus.target), Log());
}

const TokenizerPair& unigram() {
  static const TokenizerPair pair = train("unigram");
  return pair;
}
const TokenizerPair& bpe() {
  static const TokenizerPair pair = train("bpe");
  return pair;
}

const std::vector<std::string> kTexts{"the teacher finds a green umbrella.",
                                      "Die alte Ärztin verkauft  drei   Schlüssel am Bahnhof.",
                                      "unseen: ÿ 走 日本語 \U0001F426 ﬁ ① ，。 \u00BD",
                                      "tab\there, </s> <pad> <unk> <s> >>de<< <0x41> ▂",
                                      "a",
                                      ""};

std::string collapsed(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c != ' ' || !result.ends_with(' ')) result += c;
  }
  return result;
}

TEST(Tokenizer, EncodesAsSentencePieceWithOurIds) {
  for (const auto* pair : {&unigram(), &bpe()}) {
    sentencepiece::SentencePieceProcessor oracle;
    ASSERT_TRUE(oracle.LoadFromSerializedProto(pair->source->serialized()).ok());
    for (const auto& text : kTexts) {
      std::vector<TokenId> expected;
      for (const auto& piece : oracle.EncodeAsPieces(text)) expected.push_back(pair->vocabulary->id(piece).value());
      EXPECT_EQ(pair->source->encode(text), expected) << text;
    }
  }
}

TEST(Tokenizer, DecodesToTheTextWithWhiteSpaceCollapsed) {
  for (const auto* pair : {&unigram(), &bpe()}) {
    for (const auto& text : kTexts) EXPECT_EQ(pair->target->decode(pair->target->encode(text)), collapsed(text));
  }
}

TEST(Tokenizer, LiteralSymbolsAreText) {
  for (const auto* pair : {&unigram(), &bpe()}) {
    const auto& vocabulary = *pair->vocabulary;
    for (const TokenId id : pair->source->encode("</s> <pad> <unk> >>de<<</s><pad>")) {
      EXPECT_NE(id, vocabulary.end());
      EXPECT_NE(id, vocabulary.pad());
      EXPECT_NE(id, vocabulary.unknown());
    }
  }
}

TEST(Tokenizer, EndAndPadVanishInDecoding) {
  const auto& pair = unigram();
  auto ids = pair.target->encode("the key");
  ids.insert(ids.begin(), pair.vocabulary->pad());
  ids.push_back(pair.vocabulary->end());
  EXPECT_EQ(pair.target->decode(ids), "the key");
  EXPECT_EQ(pair.target->decode({}), "");
}

TEST(Tokenizer, GivesOnePieceForEachId) {
  for (const auto& text : kTexts) {
    std::vector<TokenId> ids;
    for (const auto& piece : unigram().source->pieces(text)) ids.push_back(unigram().vocabulary->id(piece).value());
    EXPECT_EQ(unigram().source->encode(text), ids);
  }
}

TEST(Tokenizer, ALeadingLanguageTokenCountsWhenTheVocabularyHasIt) {
  std::vector<std::string> pieces;
  for (TokenId id = 0; id < unigram().vocabulary->size(); ++id) pieces.push_back(unigram().vocabulary->piece(id));
  pieces.push_back(">>de<<");
  const auto vocabulary = std::make_shared<const Vocabulary>(pieces);
  const Tokenizer tokenizer(unigram().source->serialized(), "test", vocabulary);
  std::vector<TokenId> expected = tokenizer.encode("the key");
  expected.insert(expected.begin(), vocabulary->size() - 1);
  EXPECT_EQ(tokenizer.encode(">>de<< the key"), expected);
  EXPECT_EQ(tokenizer.encode(">>de<<the key"), expected);
  EXPECT_EQ(tokenizer.pieces(">>de<< the key").front(), ">>de<<");
  Random random(1);
  EXPECT_EQ(tokenizer.sample(">>de<< the key", 1, random).front(), vocabulary->size() - 1);
  EXPECT_THAT(tokenizer.encode("the >>de<< key"), testing::Not(testing::Contains(vocabulary->size() - 1)));
  EXPECT_EQ(tokenizer.decode(tokenizer.encode(">>fr<< the key")), ">>fr<< the key");
}

TEST(Tokenizer, SamplesDecodeToTheSameText) {
  for (const auto* pair : {&unigram(), &bpe()}) {
    Random random(9);
    for (const auto& text : kTexts) {
      for (int draw = 0; draw < 20; ++draw) {
        ASSERT_EQ(pair->source->decode(pair->source->sample(text, 0.2, random)), collapsed(text));
      }
    }
  }
}

TEST(Tokenizer, SamplesVaryButRepeatWithTheGenerator) {
  for (const auto* pair : {&unigram(), &bpe()}) {
    std::map<std::vector<TokenId>, int> drawn;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      Random one(seed), other(seed);
      const auto ids = pair->source->sample(kTexts[0], 0.3, one);
      EXPECT_EQ(ids, pair->source->sample(kTexts[0], 0.3, other));
      ++drawn[ids];
    }
    EXPECT_GT(drawn.size(), 5U);
  }
}

TEST(Tokenizer, IsSharedBetweenThreads) {
  const auto pair = train("unigram");  // fresh: its sampler is made when first used
  Random random(1);
  const auto expected = unigram().source->sample(kTexts[0], 0.3, random);
  std::vector<std::future<std::vector<TokenId>>> draws;
  for (int thread = 0; thread < 4; ++thread) {
    draws.push_back(std::async(std::launch::async, [&] {
      Random own(1);
      return pair.source->sample(kTexts[0], 0.3, own);
    }));
  }
  for (auto& draw : draws) EXPECT_EQ(draw.get(), expected);
}

TEST(Tokenizer, WithoutRandomnessASampleIsTheUsualEncoding) {
  Random random(2);
  for (const auto& text : kTexts) {
    EXPECT_EQ(unigram().source->sample(text, 1000, random), unigram().source->encode(text)) << text;
    EXPECT_EQ(bpe().source->sample(text, 0, random), bpe().source->encode(text)) << text;
  }
}

/// SentencePiece's own sampler draws from the same distribution.
TEST(Tokenizer, SamplesAsSentencePieceDoes) {
  const auto& pair = unigram();
  sentencepiece::SentencePieceProcessor oracle;
  ASSERT_TRUE(oracle.LoadFromSerializedProto(pair.source->serialized()).ok());
  constexpr int kDraws = 20000;
  std::map<std::vector<TokenId>, std::array<int, 2>> counts;
  Random random(4);
  for (int draw = 0; draw < kDraws; ++draw) {
    std::vector<TokenId> theirs;
    for (const auto& piece : oracle.SampleEncodeAsPieces("the key 走", -1, 0.5F))
      theirs.push_back(pair.vocabulary->id(piece).value());
    ++counts[theirs][0];
    ++counts[pair.source->sample("the key 走", 0.5, random)][1];
  }
  double distance = 0;
  for (const auto& [ids, count] : counts) distance += std::abs(count[0] - count[1]) / (2.0 * kDraws);
  EXPECT_LT(distance, 0.05) << counts.size() << " different segmentations";
}

TEST(Tokenizer, IsWrittenAndOpenedAgain) {
  for (const bool separate : {false, true}) {
    const auto pair = train("unigram", separate);
    const TemporaryFolder folder;
    save_tokenizers(pair, folder.path());
    const auto again = open_tokenizers(folder.path());
    EXPECT_EQ(again.source->serialized(), pair.source->serialized());
    EXPECT_EQ(again.source == again.target, !separate);
    for (const auto& text : kTexts) {
      EXPECT_EQ(again.source->encode(text), pair.source->encode(text));
      EXPECT_EQ(again.target->encode(text), pair.target->encode(text));
    }
  }
}

TEST(Tokenizer, DecodesPiecesOfTheOtherSideToo) {
  const auto pair = train("unigram", true);
  EXPECT_EQ(pair.target->decode(pair.source->encode("my sister reads the newspaper again.")),
            "my sister reads the newspaper again.");
}

TEST(Tokenizer, RefusesWhatIsNoModel) {
  const TemporaryFolder folder;
  save_tokenizers(unigram(), folder.path());
  const std::string path = folder / "source.spm";
  const std::string whole = content_of(path);
  for (const auto& content :
       {std::string(), std::string("hello world"), std::string(5000, '\xFF'), whole.substr(0, whole.size() / 2)}) {
    folder.file("source.spm", content);
    EXPECT_THAT(message_of<Error>([&] { open_tokenizers(folder.path()); }),
                AllOf(HasSubstr(path), HasSubstr("not a SentencePiece model")));
  }
}

TEST(Tokenizer, RefusesTokenizersThatKnowOnlyAPartOfTheVocabulary) {
  const TemporaryFolder folder;
  save_tokenizers(unigram(), folder.path());
  std::vector<std::string> pieces = {"</s>", "<unk>"};
  const auto& known = *unigram().vocabulary;
  for (TokenId id = 0; id < known.size(); ++id) {
    if (id != known.end() && id != known.unknown() && id != known.pad()) pieces.push_back(known.piece(id));
  }
  for (int i = 0; i < known.size(); ++i) pieces.push_back(concat("other", i));
  pieces.emplace_back("<pad>");
  Vocabulary(pieces).save(folder / "vocab.json");
  EXPECT_THAT(message_of<Error>([&] { open_tokenizers(folder.path()); }),
              AllOf(HasSubstr(folder.path().string()), HasSubstr(concat(known.size(), " of its ")), HasSubstr("are in neither")));
}

TEST(Tokenizer, RefusesAVocabularyOfAnotherModel) {
  const TemporaryFolder folder;
  save_tokenizers(unigram(), folder.path());
  Vocabulary({"</s>", "<unk>", "▁the", "<pad>"}).save(folder / "vocab.json");
  EXPECT_THAT(message_of<Error>([&] { open_tokenizers(folder.path()); }),
              AllOf(HasSubstr(folder / "source.spm"), HasSubstr("does not fit the vocabulary of 4 pieces")));
}

TEST(Tokenizer, NamesTheFileThatIsMissing) {
  for (const char* name : {"source.spm", "target.spm", "vocab.json"}) {
    const TemporaryFolder folder;
    save_tokenizers(unigram(), folder.path());
    std::filesystem::remove(folder / name);
    EXPECT_THAT(message_of<Error>([&] { open_tokenizers(folder.path()); }), HasSubstr(folder / name));
  }
}

TEST(Tokenizer, PiecesThatTheVocabularyLacksAreUnknown) {
  const TokenId left_out = unigram().source->encode("the").front();
  std::vector<std::string> pieces;
  for (TokenId id = 0; id < unigram().vocabulary->size(); ++id) {
    if (id != left_out) pieces.push_back(unigram().vocabulary->piece(id));
  }
  const auto vocabulary = std::make_shared<const Vocabulary>(pieces);
  EXPECT_EQ(Tokenizer(unigram().source->serialized(), "test", vocabulary).encode("the").front(), vocabulary->unknown());
}

}  // namespace
}  // namespace mynah
