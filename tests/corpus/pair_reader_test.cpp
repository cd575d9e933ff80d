#include "corpus/pair_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::corpus {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<TextPair> read(const Source& source) {
  PairReader reader(source);
  std::vector<TextPair> pairs;
  for (TextPair pair; reader.next(pair);) pairs.push_back(pair);
  return pairs;
}

std::vector<std::string> shown(const Source& source) {
  std::vector<std::string> lines;
  for (const auto& pair : read(source)) lines.push_back(concat(pair.line, ":", pair.source, "|", pair.target));
  return lines;
}

std::string message(const Source& source) {
  return message_of<Error>([&] { read(source); });
}

TEST(PairReader, ReadsTwoAlignedFiles) {
  const TemporaryFolder folder;
  const Source source{{folder.file("a", "\uFEFFone\r\n\nthree"), folder.file("b", "eins\nzwei\ndrei\n")}, {}};
  EXPECT_THAT(shown(source), ElementsAre("1:one|eins", "2:|zwei", "3:three|drei"));
}

TEST(PairReader, NamesFilesAndCountsOfUnequalLength) {
  const TemporaryFolder folder;
  const auto longer = folder.file("a", "1\n2\n3\n4\n5\n"), shorter = folder.file("b", "1\n2\n3\n");
  EXPECT_THAT(message({{longer, shorter}, {}}), AllOf(HasSubstr(longer + " has 5 lines"), HasSubstr(shorter + " has 3")));
  EXPECT_THAT(message({{shorter, longer}, {}}), AllOf(HasSubstr(shorter + " has 3 lines"), HasSubstr(longer + " has 5")));
}

TEST(PairReader, ReadsChosenColumns) {
  const TemporaryFolder folder;
  const auto path = folder.file("table.tsv", "id1\teins\tone\textra\nid2\tzwei\t\"two\nid3\tdrei\t\n\nid5\tfünf\tfive\n");
  EXPECT_THAT(shown({{path}, {"3", "2"}}), ElementsAre("1:one|eins", "2:\"two|zwei", "3:|drei", "4:|", "5:five|fünf"));
  EXPECT_THAT(shown({{path}, {}})[0], "1:id1|eins") << "the first two columns";
  EXPECT_THAT(shown({{path}, {"2", "2"}})[0], "1:eins|eins");
}

TEST(PairReader, KeepsTheLineOfOneFile) {
  const TemporaryFolder folder;
  TextPair pair;
  PairReader table({{folder.file("table.tsv", "\uFEFFone\teins\t 7 \r\nbroken\n")}, {}});
  table.next(pair);
  EXPECT_EQ(table.line(), "one\teins\t 7 ");
  table.next(pair);
  EXPECT_EQ(table.line(), "broken");
  PairReader files({{folder.file("a", "one\n"), folder.file("b", "eins\n")}, {}});
  files.next(pair);
  EXPECT_EQ(files.line(), "");
}

TEST(PairReader, AColumnMissingFromTheFirstLineIsAnError) {
  const TemporaryFolder folder;
  const auto path = folder.file("table.tsv", "one\teins\n");
  EXPECT_THAT(message({{path}, {"1", "4"}}),
              AllOf(HasSubstr(path + ", line 1"), HasSubstr("columns 1 and 4"), HasSubstr("found 2 columns")));
}

TEST(PairReader, LaterFaultsAreTold) {
  const TemporaryFolder folder;
  const auto table = read({{folder.file("table.tsv", "one\teins\nbroken\nthree\tdrei\n")}, {"1", "2"}});
  ASSERT_EQ(table.size(), 3U);
  EXPECT_THAT(table[1].fault, HasSubstr("found 1 column"));
  EXPECT_EQ(table[1].source, "");
  EXPECT_EQ(table[2].fault, "");
  const auto json = read({{folder.file("lines.jsonl", R"({"a": "one", "b": "eins"}
{"a": "two", "b":
{"a": "three"}
{"a": "four", "b": 4}
["five", "fünf"]

{"a": "\ud800", "b": "lone surrogate"}
{"a": "eight", "b": "acht"})")},
                          {"a", "b"}});
  ASSERT_EQ(json.size(), 8U);
  EXPECT_THAT(json[1].fault, HasSubstr("JSON object"));
  EXPECT_THAT(json[2].fault, HasSubstr("\"b\", which the JSON object lacks; it has \"a\""));
  EXPECT_THAT(json[3].fault, HasSubstr("found number"));
  EXPECT_EQ(json[3].source, "") << "no half pairs";
  EXPECT_THAT(json[4].fault, HasSubstr("JSON object"));
  EXPECT_EQ(json[5].fault, "") << "an empty line is an empty pair";
  EXPECT_THAT(json[6].fault, HasSubstr("JSON object"));
  EXPECT_EQ(json[7].target, "acht");
}

TEST(PairReader, ReadsJsonLinesWithNestedKeys) {
  const TemporaryFolder folder;
  const auto path = folder.file("lines.jsonl", R"({"translation": {"en": "o\tn\"e\u00e9", "de": "eins\nzwei\r"}, "id": 7}
{"translation.en": "dotted key", "translation": {"de": "zwei"}}
)");
  EXPECT_THAT(shown({{path}, {"translation.en", "translation.de"}}), ElementsAre("1:o\tn\"eé|eins zwei ", "2:dotted key|zwei"));
}

TEST(PairReader, SeveralTargetsArePairsEach) {
  const TemporaryFolder folder;
  const auto path = folder.file("lines.jsonl", R"({"document": "one", "references": ["a", "b\nc", "d"]}
{"document": "two", "references": "e"}
{"document": "three", "references": []}
{"document": ["four", "five"], "references": "f"}
)");
  const auto pairs = read({.paths = {path}, .fields = {"document", "references"}, .style = "headline"});
  ASSERT_EQ(pairs.size(), 6U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(pairs[i].source, ">>headline<< one");
  EXPECT_EQ(pairs[0].target + "|" + pairs[1].target + "|" + pairs[2].target, "a|b c|d");
  EXPECT_EQ(pairs[3].source, ">>headline<< two");
  EXPECT_THAT(pairs[4].fault, HasSubstr("expected a text under the key \"references\", found array"));
  EXPECT_THAT(pairs[5].fault, HasSubstr("expected one text under the key \"document\""));
  EXPECT_EQ(pairs[5].source, "") << "no style without a text";
}

TEST(PairReader, AKeyMissingFromTheFirstLineIsAnError) {
  const TemporaryFolder folder;
  const auto path = folder.file("lines.jsonl", R"({"en": "one"})");
  EXPECT_THAT(message({{path}, {"en", "translation.de"}}), AllOf(HasSubstr(path + ", line 1"), HasSubstr("\"translation.de\"")));
  EXPECT_THAT(message({{folder.file("plain.txt", "no json\n")}, {"en", "de"}}), HasSubstr("expected a JSON object"));
}

TEST(PairReader, RepairsInvalidUtf8InJson) {
  const TemporaryFolder folder;
  EXPECT_THAT(shown({{folder.file("lines.jsonl", "{\"a\": \"x\xFFy\", \"b\": \"z\"}\n")}, {"a", "b"}}),
              ElementsAre("1:x\uFFFDy|z"));
}

TEST(PairReader, RefusesSourcesThatCannotBeMeant) {
  EXPECT_THAT(message({{}, {}}), HasSubstr("found 0"));
  EXPECT_THAT(message({{"a", "b", "c"}, {}}), AllOf(HasSubstr("'a, b, c'"), HasSubstr("found 3")));
  EXPECT_THAT(message({{"a", "b"}, {"1", "2"}}), HasSubstr("one file that holds both texts"));
  EXPECT_THAT(message({{"-", "-"}, {}}), HasSubstr("not both"));
  EXPECT_THAT(message({{"a"}, {"1"}}), HasSubstr("expected two columns or keys, found 1"));
  EXPECT_THAT(message({{"a"}, {"1", "de"}}), HasSubstr("'1' and 'de'"));
  EXPECT_THAT(message({{"a"}, {"0", "1"}}), HasSubstr("counted from 1"));
}

TEST(PairReader, NamesAMissingFile) {
  EXPECT_THAT(message({{"/no/such/file.tsv"}, {"1", "2"}}), HasSubstr("/no/such/file.tsv"));
  EXPECT_THAT(message({{"/no/such/file.en", "/no/such/file.de"}, {}}), HasSubstr("/no/such/file.en"));
}

TEST(PairReader, AnEmptyFileHasNoPairs) {
  const TemporaryFolder folder;
  const auto empty = folder.file("empty", "");
  EXPECT_TRUE(read({{empty, empty}, {}}).empty());
  EXPECT_TRUE(read({{empty}, {"1", "2"}}).empty());
}

}  // namespace
}  // namespace mynah::corpus
