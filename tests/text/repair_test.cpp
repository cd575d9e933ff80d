#include "text/repair.h"

#include <gtest/gtest.h>

namespace mynah {
namespace {

using namespace std::string_literals;

struct Case {
  std::string line, text;
  Repairs repairs;
};

class Repaired : public testing::TestWithParam<Case> {};

TEST_P(Repaired, TextAndCounts) {
  Repairs repairs;
  EXPECT_EQ(repair_line(GetParam().line, repairs), GetParam().text);
  EXPECT_EQ(repairs, GetParam().repairs) << describe(repairs);
  EXPECT_EQ(repairs.any(), repairs != Repairs{});
}

INSTANTIATE_TEST_SUITE_P(OfText, Repaired,
                         testing::Values(Case{"", "", {}}, Case{"plain\ttext", "plain\ttext", {}},
                                         Case{"Grüße, 猫 und 🐈‍⬛", "Grüße, 猫 und 🐈‍⬛", {}},
                                         Case{"a\xFF"
                                              "b\xC3",
                                              "a\xEF\xBF\xBD"
                                              "b\xEF\xBF\xBD",
                                              {.invalid = 2}},
                                         Case{"a\0b\0"s, "ab", {.nul = 2}}, Case{"\xEF\xBB\xBFtext", "text", {.bom = 1}},
                                         Case{"one\rtwo", "one two", {.returns = 1}}, Case{"a\fb\vc", "a b c", {.controls = 2}},
                                         Case{"\x1B[1mbold\x7F", "[1mbold", {.controls = 2}},
                                         Case{"a\xC2\x80z", "az", {.controls = 1}},
                                         Case{"\xFF\0\r"s, "\xEF\xBF\xBD ", {.invalid = 1, .nul = 1, .returns = 1}}));

INSTANTIATE_TEST_SUITE_P(Untouched, Repaired,
                         testing::Values(Case{"a\xE2\x80\xA8z", "a\xE2\x80\xA8z", {}},  // line separator
                                         Case{"a\xC2\x85z", "a\xC2\x85z", {}},          // next line
                                         Case{"\xE2\x80\xAEtxet\xE2\x80\xAC", "\xE2\x80\xAEtxet\xE2\x80\xAC", {}},  // direction
                                         Case{"a\xEF\xBB\xBFz", "a\xEF\xBB\xBFz", {}}));  // zero-width no-break space

TEST(Repairs, AddUp) {
  Repairs sum{.invalid = 1, .nul = 2, .bom = 3, .returns = 4, .controls = 5};
  sum += sum;
  EXPECT_EQ(sum, (Repairs{.invalid = 2, .nul = 4, .bom = 6, .returns = 8, .controls = 10}));
}

TEST(Repairs, AreSaidInWords) {
  EXPECT_EQ(describe({}), "");
  EXPECT_EQ(describe({.invalid = 2, .nul = 1}), "2 invalid UTF-8 sequences, 1 NUL");
  EXPECT_EQ(describe({.bom = 1, .returns = 2, .controls = 1}), "1 byte order mark, 2 carriage returns, 1 control character");
}

}  // namespace
}  // namespace mynah
