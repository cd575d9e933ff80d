#include "model/json_fields.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::model {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const Json kObject = Json::parse(
    R"({"size": 7, "rate": 0.5, "on": true, "name": "x", "nothing": null, "wide": 3000000000, "wider": 18446744073709551615})");

TEST(JsonFields, GivesValuesOfTheRightKind) {
  const JsonFields fields(kObject, "config.json");
  EXPECT_EQ(fields.integer("size"), 7);
  EXPECT_EQ(fields.number("rate"), 0.5);
  EXPECT_EQ(fields.number("size"), 7);
  EXPECT_TRUE(fields.flag("on"));
  EXPECT_EQ(fields.text("name"), "x");
}

TEST(JsonFields, AbsentAndNullGiveTheFallback) {
  const JsonFields fields(kObject, "config.json");
  for (const char* key : {"absent", "nothing"}) {
    EXPECT_EQ(fields.integer(key, 3), 3);
    EXPECT_EQ(fields.number(key, 0.25), 0.25);
    EXPECT_TRUE(fields.flag(key, true));
    EXPECT_EQ(fields.text(key, "y"), "y");
    EXPECT_THAT(message_of<Error>([&] { fields.integer(key); }), AllOf(HasSubstr(key), HasSubstr("missing")));
  }
}

TEST(JsonFields, WrongKindsNameFileFieldAndValue) {
  const JsonFields fields(kObject, "config.json");
  const auto names = [](const char* key, const char* kind, const char* value) {
    return AllOf(HasSubstr("config.json"), HasSubstr(key), HasSubstr(kind), HasSubstr(value));
  };
  EXPECT_THAT(message_of<Error>([&] { fields.integer("rate", 1); }), names("'rate'", "whole number", "0.5"));
  EXPECT_THAT(message_of<Error>([&] { fields.integer("wide"); }), names("'wide'", "32 bits", "3000000000"));
  EXPECT_THAT(message_of<Error>([&] { fields.integer("wider"); }), names("'wider'", "32 bits", "18446744073709551615"));
  EXPECT_THAT(message_of<Error>([&] { fields.number("name"); }), names("'name'", "number", "\"x\""));
  EXPECT_THAT(message_of<Error>([&] { fields.flag("size"); }), names("'size'", "true or false", "7"));
  EXPECT_THAT(message_of<Error>([&] { fields.text("on"); }), names("'on'", "text", "true"));
}

TEST(JsonFields, OnlyObjectsHaveFields) {
  const Json list = Json::array();
  EXPECT_THAT(message_of<Error>([&] { JsonFields(list, "config.json"); }), AllOf(HasSubstr("config.json"), HasSubstr("object")));
}

}  // namespace
}  // namespace mynah::model
