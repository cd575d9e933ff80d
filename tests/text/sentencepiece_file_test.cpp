#include "text/sentencepiece_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "sentencepiece_bytes.h"
#include "text/tokenizer.h"

namespace mynah {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using Rules = RuleBytes::Rules;

const std::string kPieces =
    piece_field("<unk>", 0, unknown) + piece_field("\u2581", -1) + piece_field("a", -2) + piece_field("b", -3);

Tokenizer open(const std::string& bytes) {
  std::vector<std::string> pieces = learned_pieces(bytes, "hand.spm");
  pieces.insert(pieces.begin(), {"</s>", "<unk>", "<pad>"});
  return Tokenizer(bytes, "hand.spm", std::make_shared<const Vocabulary>(pieces));
}

std::string complaint(const std::string& bytes) {
  return message_of<Error>([&] { open(bytes); });
}

TEST(SentencePieceFile, SoundOnesOpen) {
  EXPECT_THAT(open(kPieces).pieces("ab"), ElementsAre("\u2581", "a", "b"));
  const std::string rules = normalizer_field(RuleBytes(Rules{{"B", "b"}, {"BB", "aa"}}).bytes());
  EXPECT_THAT(open(kPieces + rules).pieces("BBB"), ElementsAre("\u2581", "a", "a", "b"));
}

TEST(SentencePieceFile, ComplaintsNameTheFile) {
  EXPECT_THAT(complaint("\nno model"),
              AllOf(HasSubstr("cannot open the tokenizer hand.spm: its 9 bytes are not a SentencePiece model"),
                    HasSubstr("cut off or damaged")));
  EXPECT_THAT(complaint(""), HasSubstr("not a SentencePiece model"));
  EXPECT_THAT(complaint(piece_field("a")), HasSubstr("unk is not defined"));  // SentencePiece's own word
}

TEST(SentencePieceFile, PiecesAreTexts) {
  EXPECT_THAT(complaint(kPieces + number_field(1, 5)), HasSubstr("its pieces are of another type"));
  EXPECT_THAT(complaint(kPieces + bytes_field(1, "")), HasSubstr("an empty piece"));
  EXPECT_THAT(complaint(kPieces + piece_field("")), HasSubstr("an empty piece"));
  EXPECT_THAT(complaint(kPieces + piece_field(std::string("a\0b", 3))), HasSubstr("a zero byte"));
  EXPECT_THAT(complaint(kPieces + piece_field("\xff")), HasSubstr("invalid UTF-8"));
  EXPECT_THAT(complaint(kPieces + bytes_field(1, bytes_field(1, "c") + bytes_field(1, "d"))), HasSubstr("field 1 stands twice"));
}

TEST(SentencePieceFile, ScoresAreFinite) {
  for (const float score : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
    EXPECT_THAT(complaint(kPieces + piece_field("c", score)), HasSubstr("the score of its piece 'c' is not finite"));
  }
  EXPECT_EQ(complaint(kPieces + piece_field("c", std::numeric_limits<float>::lowest())), "");
}

TEST(SentencePieceFile, NotMoreSymbolsThanThereIsRoomForMayBeginOneText) {
  std::string symbols;
  for (int length = 2; length <= 65; ++length) symbols += piece_field(std::string(length, 'x'), 0, user_defined);
  symbols += piece_field("y", 0, user_defined);
  const Tokenizer tokenizer = open(kPieces + symbols);
  EXPECT_THAT(tokenizer.pieces(std::string(65, 'x')), ElementsAre("\u2581", std::string(65, 'x')));
  EXPECT_THAT(complaint(kPieces + symbols + piece_field(std::string(66, 'x'), 0, user_defined)),
              HasSubstr("more than 64 user-defined symbols begin one text"));
}

TEST(SentencePieceFile, RulesAreLookedAtOnBothSides) {
  for (const std::uint32_t field : {3U, 5U}) {
    const std::string normalizer = bytes_field(field, bytes_field(2, "damaged"));
    EXPECT_THAT(complaint(kPieces + normalizer), HasSubstr("normalisation rules are cut off or damaged"));
    EXPECT_THAT(complaint(kPieces + bytes_field(field, "") + normalizer), HasSubstr("stands twice"));
  }
}

TEST(SentencePieceFile, ATextThatItsSymbolsForbidIsAnError) {
  const Tokenizer tokenizer = open(kPieces + piece_field("x", 0, control) + model_type_field(bpe_model));
  EXPECT_EQ(tokenizer.encode("a").size(), 2);
  EXPECT_THAT(message_of<Error>([&] { tokenizer.encode("ax"); }),
              AllOf(HasSubstr("the tokenizer hand.spm cannot encode a text"), HasSubstr("not consumed")));
  EXPECT_THROW(tokenizer.pieces("ax"), Error);
}

}  // namespace
}  // namespace mynah
