#include "base/json.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "temporary_folder.h"

namespace mynah {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(ReadJson, ReadsValuesInTheirOrderAndSkipsComments) {
  const TemporaryFolder folder;
  const Json value = read_json(folder.file("a.json", "{\"b\": 1, // one\n \"a\": [true, null] /* more */}"));
  EXPECT_EQ(value.dump(), R"({"b":1,"a":[true,null]})");
}

TEST(ReadJson, NamesFileLineAndColumnOfAnError) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.json", "{\n  \"a\": 1,\n  \"b\": oops\n}");
  EXPECT_THAT(message_of<Error>([&] { read_json(path); }), HasSubstr(path + ", line 3, column 8: "));
}

TEST(ReadJson, AnEmptyOrCutOffFileIsAnError) {
  const TemporaryFolder folder;
  EXPECT_THAT(message_of<Error>([&] { read_json(folder.file("a.json", "")); }), HasSubstr("line 1, column 1: "));
  EXPECT_THAT(message_of<Error>([&] { read_json(folder.file("b.json", "{\"a\": 1,")); }),
              AllOf(HasSubstr("b.json"), HasSubstr("line 1, column ")));
  EXPECT_THROW(read_json(folder.file("c.json", "{} {}")), Error);
}

TEST(ReadJson, ANumberThatNothingHoldsIsAnError) {
  EXPECT_THAT(message_of<Error>([] { parse_json("{\"a\": 1e999}", "a.json"); }),
              AllOf(HasSubstr("cannot read a.json: "), HasSubstr("1e999")));
}

TEST(ReadJson, DeepNestingIsAnError) {
  const auto nested = [](int levels) { return std::string(levels, '[') + std::string(levels, ']'); };
  EXPECT_EQ(parse_json(nested(100), "a.json").dump(), nested(100));
  for (const int levels : {101, 1'000'000}) {
    EXPECT_THAT(message_of<Error>([&] { parse_json(nested(levels), "a.json"); }),
                AllOf(HasSubstr("a.json"), HasSubstr("deeper than 100 levels")));
  }
}

TEST(ReadJson, TooManyKeysAreAnError) {
  const auto object = [](int keys) {
    std::string text;
    for (int key = 0; key < keys; ++key) text += concat(key == 0 ? "{\"" : ",\"", key, "\":{}");
    return text + "}";
  };
  EXPECT_EQ(parse_json(object(10'000), "a.json").size(), 10'000);
  EXPECT_THAT(message_of<Error>([&] { parse_json(object(10'001), "a.json"); }),
              AllOf(HasSubstr("a.json"), HasSubstr("more than 10000 keys")));
}

TEST(ReadJson, AMissingFileIsAnError) {
  EXPECT_THAT(message_of<Error>([] { read_json("no.json"); }), HasSubstr("cannot read no.json"));
}

TEST(WriteJson, WritesIndentedTextThatReadsBack) {
  const TemporaryFolder folder;
  const Json value = {{"name", "weiß"}, {"rate", 0.1}, {"list", {1, 2}}};
  write_json(folder / "a.json", value);
  EXPECT_EQ(content_of(folder / "a.json"), "{\n  \"name\": \"weiß\",\n  \"rate\": 0.1,\n  \"list\": [\n    1,\n    2\n  ]\n}\n");
  EXPECT_EQ(read_json(folder / "a.json"), value);
}

TEST(WriteJson, ReplacesBytesThatAreNoUtf8) {
  const TemporaryFolder folder;
  write_json(folder / "a.json", Json("a\xff"
                                     "b"));
  EXPECT_EQ(read_json(folder / "a.json"), Json("a\uFFFDb"));
}

TEST(WriteJson, AMissingFolderIsAnError) {
  EXPECT_THAT(message_of<Error>([] { write_json("no/a.json", Json(1)); }), HasSubstr("cannot write no/a.json"));
}

}  // namespace
}  // namespace mynah
