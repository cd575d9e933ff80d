#include "text/double_array.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "sentencepiece_bytes.h"

namespace mynah {
namespace {

using testing::HasSubstr;
using Rules = RuleBytes::Rules;

constexpr std::uint32_t kBlock = RuleBytes::kBlock;

std::string complaint(const std::string& rules) {
  return message_of<Error>([&] { check_normalization_rules(rules); });
}

RuleBytes sound() { return RuleBytes(Rules{{"A", "a"}, {"AB", "ab"}, {"\u00c4", "\u00e4"}}); }

TEST(NormalizationRules, SoundOnesPass) {
  EXPECT_EQ(complaint(sound().bytes()), "");
  EXPECT_EQ(complaint(RuleBytes(Rules{{"a", ""}}).bytes()), "");
}

TEST(NormalizationRules, MustBeWhole) {
  const std::string rules = sound().bytes();
  for (const std::size_t size : {std::size_t{0}, std::size_t{4}, std::size_t{5}, rules.size() - sound().texts.size()}) {
    EXPECT_THAT(complaint(rules.substr(0, size)), HasSubstr("cut off or damaged")) << size;
  }
  for (const std::uint32_t size : {0U, 1024U + 4, ~0U, ~0U << 10}) {
    EXPECT_THAT(complaint(little_endian(size, 4) + rules.substr(4)), HasSubstr("cut off or damaged")) << size;
  }
  EXPECT_THAT(complaint(std::string((1 << 24) + 1, 'x')), HasSubstr("more than 16777216 bytes"));
}

TEST(NormalizationRules, TextsMustEndAndBeUtf8) {
  for (const char* texts : {"a", "a\xff"}) {
    RuleBytes rules = sound();
    rules.texts = std::string("a\0ab\0", 5) + texts;
    EXPECT_THAT(complaint(rules.bytes()), HasSubstr("texts that its normalisation rules give are damaged"));
    rules.texts = texts + std::string(1, '\0');
    EXPECT_NE(complaint(rules.bytes()), "");
  }
}

TEST(NormalizationRules, LeavesMustNameTexts) {
  for (const std::uint32_t text : {1U, 1000U, 0x7FFFFFFFU}) {  // within a text, outside
    RuleBytes rules(Rules{{"A", "ab"}});
    for (auto& unit : rules.units) unit = unit == 0x80000000 ? 0x80000000 | text : unit;
    EXPECT_THAT(complaint(rules.bytes()), HasSubstr("gives a text that is not there")) << text;
  }
}

TEST(NormalizationRules, MustNotPointOutside) {
  RuleBytes root = sound();
  root.units[0] = static_cast<std::uint32_t>(root.units.size()) << 10;
  EXPECT_THAT(complaint(root.bytes()), HasSubstr("points outside"));
  RuleBytes wide = sound();
  wide.units[0] = ~0U << 9;  // offsets in steps of 256
  EXPECT_THAT(complaint(wide.bytes()), HasSubstr("points outside"));
  RuleBytes child = sound();
  child.units[kBlock ^ 'A'] = 0x7FFFFC00U | 'A';
  EXPECT_THAT(complaint(child.bytes()), HasSubstr("points outside"));
}

TEST(NormalizationRules, MustEnd) {
  RuleBytes circle = sound();
  circle.units[kBlock ^ 'A'] = static_cast<std::uint32_t>('A') << 10 | 'A';  // its children are its own level
  EXPECT_THAT(complaint(circle.bytes()), HasSubstr("no end"));
  EXPECT_EQ(complaint(RuleBytes(Rules{{std::string(1000, 'a'), "b"}}).bytes()), "");
  EXPECT_THAT(complaint(RuleBytes(Rules{{std::string(1001, 'a'), "b"}}).bytes()), HasSubstr("no end"));
}

TEST(NormalizationRules, NotMoreThanThereIsRoomForMayBeginOneText) {
  Rules rules;
  for (int length = 1; length <= 32; ++length) rules[std::string(length, 'a')] = "b";
  EXPECT_EQ(complaint(RuleBytes(rules).bytes()), "");
  rules[std::string(33, 'a')] = "b";
  EXPECT_THAT(complaint(RuleBytes(rules).bytes()), HasSubstr("more than 32 normalisation rules begin one text"));
}

}  // namespace
}  // namespace mynah
