#include "model/safetensors.h"

#include <gmock/gmock.h>

#include <cstring>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::model {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;

/// The bytes of a file, put together by hand: header length, header, data.
std::string bytes_of(const std::string& header, const std::string& data) {
  std::string length(8, '\0');
  for (std::size_t i = 0; i < 8; ++i) length[i] = static_cast<char>(header.size() >> (8 * i));
  return length + header + data;
}

std::string floats(std::initializer_list<float> values) {
  return {reinterpret_cast<const char*>(std::data(values)), values.size() * sizeof(float)};
}

class Safetensors : public testing::Test {
 protected:
  /// What reading a file of these bytes throws, which must name the file; empty when nothing.
  std::string complaint(const std::string& bytes) {
    const std::string path = folder_.file("hostile.safetensors", bytes);
    const std::string message = message_of<Error>([&] { read_safetensors(path); });
    EXPECT_THAT(message, AnyOf("", HasSubstr("hostile.safetensors")));
    return message;
  }
  std::string complaint(const std::string& header, const std::string& data) { return complaint(bytes_of(header, data)); }
  TemporaryFolder folder_;
};

TEST_F(Safetensors, ReadsAFileWrittenByHand) {
  const std::string header =
      R"({"__metadata__":{"format":"pt","epoch":"7"},"b":{"dtype":"F32","shape":[2,1],"data_offsets":[4,12]},)"
      R"("a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"none":{"dtype":"I64","shape":[0,3],"data_offsets":[12,12]}}   )";
  std::map<std::string, std::string> metadata;
  const Weights weights = read_safetensors(folder_.file("hand", bytes_of(header, floats({1.5F, -2, 3}))), &metadata);
  ASSERT_EQ(weights.size(), 3U);
  EXPECT_THAT(to_float(weights.at("a")), ElementsAre(1.5F));
  EXPECT_THAT(to_float(weights.at("b")), ElementsAre(-2, 3));
  EXPECT_THAT(weights.at("b").shape, ElementsAre(2, 1));
  EXPECT_EQ(weights.at("none").elements(), 0);
  EXPECT_EQ(metadata.at("epoch"), "7");
}

TEST_F(Safetensors, ReadsArraysAtOddAddresses) {
  const std::string header =
      R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}})";
  const Weights weights = read_safetensors(folder_.file("odd", bytes_of(header, concat("x", floats({2.5F})))));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(weights.at("b").bytes.data()) % 4, 0U);
  EXPECT_THAT(to_float(weights.at("b")), ElementsAre(2.5F));
}

TEST_F(Safetensors, WhatIsWrittenReadsBack) {
  Weights weights;
  weights["half"] = convert(make_array(std::vector<float>{1, 2, 3}, {3}), DataType::float16);
  weights["whole \"name\" ü"] = make_array(std::vector<float>{1, 2, 3, 4}, {2, 2});
  const std::vector<std::int64_t> numbers = {-5};
  weights["numbers"] = {DataType::int64, {1}, std::as_bytes(std::span(numbers)), nullptr};
  weights["empty"] = make_array(std::vector<float>{}, {0});
  const std::string path = folder_ / "written";
  write_safetensors(path, weights, {{"step", "12"}});
  std::map<std::string, std::string> metadata;
  const Weights back = read_safetensors(path, &metadata);
  EXPECT_EQ(metadata, (std::map<std::string, std::string>{{"format", "pt"}, {"step", "12"}}));
  ASSERT_EQ(back.size(), weights.size());
  for (const auto& [name, array] : weights) {
    EXPECT_EQ(back.at(name).type, array.type);
    EXPECT_EQ(back.at(name).shape, array.shape);
    EXPECT_TRUE(std::ranges::equal(back.at(name).bytes, array.bytes)) << name;
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(back.at(name).bytes.data()) % size_of(array.type), 0U) << name;
  }
}

TEST_F(Safetensors, DataStartAtAMultipleOfEight) {
  for (const std::string name : {"a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg", "abcdefgh"}) {
    write_safetensors(folder_ / name, {{name, make_array(std::vector<float>{1}, {1})}});
    const std::string content = content_of(folder_ / name);
    EXPECT_EQ(content.size() % 8, 4U);
    EXPECT_EQ(static_cast<unsigned char>(content[0]) % 8, 0);
  }
}

TEST_F(Safetensors, ViewsOutliveTheNameOfTheFile) {
  const std::string path = folder_ / "gone";
  write_safetensors(path, {{"a", make_array(std::vector<float>{4}, {1})}});
  const Weights weights = read_safetensors(path);
  write_safetensors(path, {{"a", make_array(std::vector<float>{5}, {1})}});
  EXPECT_THAT(to_float(weights.at("a")), ElementsAre(4));
  std::filesystem::remove(path);
  EXPECT_THAT(to_float(weights.at("a")), ElementsAre(4));
}

TEST_F(Safetensors, MissingFileIsNamed) {
  EXPECT_THAT(message_of<Error>([&] { read_safetensors(folder_ / "absent"); }), HasSubstr("absent"));
}

TEST_F(Safetensors, EveryTruncationIsAnError) {
  const std::string path = folder_ / "whole";
  write_safetensors(path, {{"a", make_array(std::vector<float>{1, 2}, {2})}, {"b", make_array(std::vector<float>{3}, {1})}});
  const std::string whole = content_of(path);
  for (std::size_t length = 0; length < whole.size(); ++length) EXPECT_NE(complaint(whole.substr(0, length)), "") << length;
  EXPECT_THAT(complaint(whole.substr(0, 5)), HasSubstr("cut short"));
  EXPECT_THAT(complaint(whole.substr(0, 20)), HasSubstr("cut short"));
  EXPECT_THAT(complaint(whole.substr(0, whole.size() - 1)), AllOf(HasSubstr("'b'"), HasSubstr("cut short")));
  EXPECT_THAT(complaint(whole + "x"), HasSubstr("data have 13 bytes"));
}

TEST_F(Safetensors, LyingHeaderLengthIsAnError) {
  EXPECT_THAT(complaint(std::string(8, '\xff') + "{}"), HasSubstr("18446744073709551615"));
  EXPECT_THAT(complaint(std::string("\x03\0\0\0\0\0\0\0{}", 10)), HasSubstr("only 2 follow"));
  EXPECT_THAT(complaint(std::string("\0\xe1\xf5\x05\0\0\0\0{}", 10)), HasSubstr("only 2 follow"));
  EXPECT_THAT(complaint(std::string("\x01\xe1\xf5\x05\0\0\0\0{}", 10)), HasSubstr("more than the 100000000 allowed"));
}

TEST_F(Safetensors, HeaderMustBeAnObject) {
  for (const char* header : {"[]", "1", "null", "\"a\""}) EXPECT_THAT(complaint(header, ""), HasSubstr("not a JSON object"));
  for (const char* header : {"", "{", "{} {}", "\xff\xfe", "{\"a\xff\":1}"}) {
    EXPECT_THAT(complaint(header, ""), HasSubstr("not valid JSON"));
  }
}

TEST_F(Safetensors, DescriptionMustBeComplete) {
  EXPECT_THAT(complaint(R"({"a":7})", ""), AllOf(HasSubstr("'a'"), HasSubstr("JSON object")));
  EXPECT_THAT(complaint(R"({"a":{}})", ""), AllOf(HasSubstr("'a'"), HasSubstr("'dtype'")));
  EXPECT_THAT(complaint(R"({"a":{"dtype":"F32"}})", ""), AllOf(HasSubstr("'a'"), HasSubstr("'shape'")));
  EXPECT_THAT(complaint(R"({"a":{"dtype":"F32","shape":[]}})", ""), AllOf(HasSubstr("'a'"), HasSubstr("'data_offsets'")));
}

TEST_F(Safetensors, TypeMustBeKnown) {
  const std::string rest = R"(,"shape":[1],"data_offsets":[0,4]}})";
  EXPECT_THAT(complaint(R"({"a":{"dtype":"F8_E4M3")" + rest, "1234"), AllOf(HasSubstr("'a'"), HasSubstr("F8_E4M3")));
  EXPECT_THAT(complaint(R"({"a":{"dtype":32)" + rest, "1234"), AllOf(HasSubstr("'a'"), HasSubstr("32")));
}

TEST_F(Safetensors, ShapeAndOffsetsMustBeWholeNumbers) {
  const auto with = [&](const std::string& shape, const std::string& offsets) {
    return complaint(R"({"a":{"dtype":"F32","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}}", "1234");
  };
  EXPECT_EQ(with("[1]", "[0,4]"), "");
  for (const char* shape : {"1", "[-1]", "[1.0]", "[\"1\"]", "{}", "[null]", "[1e0]", "[18446744073709551615]"}) {
    EXPECT_THAT(with(shape, "[0,4]"), AllOf(HasSubstr("'a'"), HasSubstr("shape"))) << shape;
  }
  for (const char* offsets : {"4", "[]", "[0]", "[0,4,4]", "[4,0]", "[-4,0]", "[0,4.5]"}) {
    EXPECT_THAT(with("[1]", offsets), AllOf(HasSubstr("'a'"), HasSubstr("data_offsets"))) << offsets;
  }
}

TEST_F(Safetensors, BytesMustFitShapeAndType) {
  const auto with = [&](const std::string& type, const std::string& shape) {
    return complaint(R"({"a":{"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":[0,8]}})", "12345678");
  };
  EXPECT_EQ(with("F16", "[4]"), "");
  EXPECT_THAT(with("F32", "[4]"), AllOf(HasSubstr("'a'"), HasSubstr("claims 8 bytes"), HasSubstr("takes 16")));
  EXPECT_THAT(with("F32", "[4294967296,4294967296,4]"), AllOf(HasSubstr("'a'"), HasSubstr("impossible shape")));
  EXPECT_THAT(with("F32", "[4611686018427387906]"), AllOf(HasSubstr("'a'"), HasSubstr("impossible shape")));
}

TEST_F(Safetensors, ArraysMustFillTheData) {
  const auto with = [&](const std::string& a, const std::string& b) {
    return complaint(
        R"({"a":{"dtype":"U8","shape":[4],"data_offsets":)" + a + R"(},"b":{"dtype":"U8","shape":[4],"data_offsets":)" + b + "}}",
        "12345678");
  };
  EXPECT_EQ(with("[0,4]", "[4,8]"), "");
  EXPECT_EQ(with("[4,8]", "[0,4]"), "");
  EXPECT_THAT(with("[0,4]", "[3,7]"), AllOf(HasSubstr("'b'"), HasSubstr("overlaps")));
  EXPECT_THAT(with("[0,4]", "[0,4]"), HasSubstr("overlaps"));
  EXPECT_THAT(with("[0,4]", "[5,9]"), AllOf(HasSubstr("'b'"), HasSubstr("cut short")));
  EXPECT_THAT(with("[1,5]", "[5,9]"), AllOf(HasSubstr("'a'"), HasSubstr("gap of 1")));
  EXPECT_THAT(with("[0,4]", "[18446744073709551608,18446744073709551612]"), AllOf(HasSubstr("'b'"), HasSubstr("cut short")));
}

TEST_F(Safetensors, NamesMustStandOnce) {
  const std::string one = R"("a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]})";
  EXPECT_THAT(complaint(concat("{", one, ",", one, "}"), "1"), HasSubstr("'a' stands twice"));
  EXPECT_THAT(complaint(R"({"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}})", "1"),
              HasSubstr("'dtype' stands twice"));
}

TEST_F(Safetensors, DeepNestingIsAnError) {
  const std::string deep(200'000, '[');
  EXPECT_THAT(complaint("{\"a\":" + deep, ""), HasSubstr("nested"));
  EXPECT_THAT(complaint(R"({"a":{"dtype":"U8","shape":[[1]],"data_offsets":[0,1]}})", "1"), HasSubstr("nested"));
}

TEST_F(Safetensors, MetadataMustBeTexts) {
  EXPECT_THAT(complaint(R"({"__metadata__":[]})", ""), HasSubstr("__metadata__"));
  EXPECT_THAT(complaint(R"({"__metadata__":{"a":1}})", ""), AllOf(HasSubstr("__metadata__"), HasSubstr("'a'")));
}

}  // namespace
}  // namespace mynah::model
