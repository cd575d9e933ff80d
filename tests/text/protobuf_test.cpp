#include "text/protobuf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "sentencepiece_bytes.h"

namespace mynah {
namespace {

using testing::HasSubstr;
using Type = ProtobufField::Type;

void read_all(std::string_view message) {
  ProtobufReader reader(message);
  for (ProtobufField field; reader.next(field);) continue;
}

std::string complaint(const std::string& message) {
  return message_of<Error>([&] { read_all(message); });
}

TEST(ProtobufReader, GivesTheFieldsInOrder) {
  const std::string message = number_field(1, 300) + bytes_field(2, "text") + float_field(70'000, 1) + varint(4 << 3 | 1) +
                              little_endian(0x0102030405060708, 8) + number_field(1, ~std::uint64_t{0});
  ProtobufReader reader(message);
  ProtobufField field;
  ASSERT_TRUE(reader.next(field));
  EXPECT_EQ(field.number, 1);
  EXPECT_EQ(field.type, Type::varint);
  EXPECT_EQ(field.value, 300);
  ASSERT_TRUE(reader.next(field));
  EXPECT_EQ(field.type, Type::bytes);
  EXPECT_EQ(field.bytes, "text");
  ASSERT_TRUE(reader.next(field));
  EXPECT_EQ(field.number, 70'000);
  EXPECT_EQ(field.type, Type::fixed32);
  EXPECT_EQ(field.value, 0x3F800000);
  ASSERT_TRUE(reader.next(field));
  EXPECT_EQ(field.type, Type::fixed64);
  EXPECT_EQ(field.value, 0x0102030405060708);
  ASSERT_TRUE(reader.next(field));
  EXPECT_EQ(field.value, ~std::uint64_t{0});
  EXPECT_FALSE(reader.next(field));
}

TEST(ProtobufReader, RefusesWhatIsCutOff) {
  const std::string message = number_field(1, 300) + bytes_field(2, "text") + float_field(3, 1);
  for (const std::size_t size : {1, 2, 4, 6, 8, 10, 13}) {
    EXPECT_THAT(complaint(message.substr(0, size)), HasSubstr("cut off")) << size;
  }
  EXPECT_THAT(complaint(varint(1 << 3 | 2) + varint(~std::uint64_t{0}) + "text"), HasSubstr("cut off"));
}

TEST(ProtobufReader, RefusesWhatIsNoMessage) {
  EXPECT_THAT(complaint(std::string(12, '\xff')), HasSubstr("more than 64 bits"));
  EXPECT_THAT(complaint(varint(std::uint64_t{1} << 32)), HasSubstr("number is out of range"));
  EXPECT_THAT(complaint(varint(5 << 3 | 3)), HasSubstr("its field 5 is of the unknown type 3"));
}

TEST(OnlyField, GivesTheFieldOrNothing) {
  const std::string message = bytes_field(1, "a") + number_field(2, 7) + bytes_field(1, "b");
  EXPECT_EQ(only_field(message, 2, Type::varint)->value, 7);
  EXPECT_FALSE(only_field(message, 3, Type::varint));
  EXPECT_THAT(message_of<Error>([&] { only_field(message, 1, Type::bytes); }), HasSubstr("its field 1 stands twice"));
  EXPECT_THAT(message_of<Error>([&] { only_field(message, 2, Type::bytes); }), HasSubstr("its field 2 is of another type"));
}

}  // namespace
}  // namespace mynah
