#include "text/vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string open_message(const std::string& content) {
  const TemporaryFolder folder;
  const std::string path = folder.file("vocab.json", content);
  const std::string message = message_of<Error>([&] { Vocabulary::open(path); });
  EXPECT_THAT(message, HasSubstr(path));
  return message;
}

TEST(Vocabulary, GivesIdsInOrder) {
  const Vocabulary vocabulary({"</s>", "<unk>", "▁a", "b", "<pad>"});
  EXPECT_EQ(vocabulary.size(), 5);
  EXPECT_EQ(vocabulary.end(), 0);
  EXPECT_EQ(vocabulary.unknown(), 1);
  EXPECT_EQ(vocabulary.pad(), 4);
  EXPECT_EQ(vocabulary.id("b"), 3);
  EXPECT_EQ(vocabulary.id("c"), std::nullopt);
  EXPECT_EQ(vocabulary.piece(2), "▁a");
}

TEST(Vocabulary, IsWrittenAndReadAgain) {
  const TemporaryFolder folder;
  const Vocabulary vocabulary({"</s>", "<unk>", "\"quoted\"", "back\\slash", "日本", "\t", "<pad>"});
  vocabulary.save(folder / "vocab.json");
  const auto again = Vocabulary::open(folder / "vocab.json");
  ASSERT_EQ(again.size(), vocabulary.size());
  for (TokenId id = 0; id < again.size(); ++id) EXPECT_EQ(again.piece(id), vocabulary.piece(id));
}

TEST(Vocabulary, ReadsOtherLayoutsAsTheyAre) {
  const TemporaryFolder folder;
  const auto vocabulary = Vocabulary::open(folder.file("vocab.json", R"({"<pad>": 0, "x": 3, "</s>": 2, "<unk>": 1})"));
  EXPECT_EQ(vocabulary.pad(), 0);
  EXPECT_EQ(vocabulary.end(), 2);
  EXPECT_EQ(vocabulary.piece(3), "x");
}

TEST(Vocabulary, RefusesWhatIsNone) {
  EXPECT_THAT(open_message("{\"</s>\": 0,"), HasSubstr("no valid JSON"));
  EXPECT_THAT(open_message("[1, 2]"), HasSubstr("found array"));
  EXPECT_THAT(open_message(R"({"</s>": 0, "<unk>": 1, "<pad>": 3})"), AllOf(HasSubstr("'<pad>' has 3"), HasSubstr("0 to 2")));
  EXPECT_THAT(open_message(R"({"</s>": 0, "<unk>": 1, "<pad>": 1})"), HasSubstr("each once"));
  EXPECT_THAT(open_message(R"({"</s>": 0, "<unk>": -1, "<pad>": 1})"), HasSubstr("'<unk>' has -1"));
  EXPECT_THAT(open_message(R"({"</s>": 0, "<unk>": "1", "<pad>": 2})"), HasSubstr("'<unk>' has \"1\""));
  EXPECT_THAT(open_message("{\"</s>\": " + std::string(1'000'000, '[') + std::string(1'000'000, ']') + "}"),
              HasSubstr("'</s>' has array"));
  EXPECT_THAT(open_message(R"({"</s>": 0, "<unk>": 1})"), HasSubstr("lacks <pad>"));
  EXPECT_THAT(open_message("{}"), HasSubstr("lacks </s>"));
}

TEST(Vocabulary, RefusesAPieceThatStandsTwice) {
  EXPECT_THAT(message_of<Error>([] {
                Vocabulary({"</s>", "<unk>", "a", "a", "<pad>"});
              }),
              AllOf(HasSubstr("'a' twice"), HasSubstr("2 and 3")));
}

TEST(Vocabulary, NamesAMissingFile) {
  EXPECT_THAT(message_of<Error>([] { Vocabulary::open("/no/such/vocab.json"); }), HasSubstr("/no/such/vocab.json"));
}

}  // namespace
}  // namespace mynah
