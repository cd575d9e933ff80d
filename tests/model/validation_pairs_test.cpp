#include "model/validation_pairs.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::model {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(ValidationPairs, AreReadAsTheyWereWritten) {
  const TemporaryFolder folder;
  EXPECT_TRUE(read_validation_pairs(folder.path(), 10).empty());
  write_validation_pairs(folder.path(), {{{3, 4, 0}, {8, 0}}, {{0}, {2, 2, 2, 0}}});
  const auto pairs = read_validation_pairs(folder.path(), 10);
  ASSERT_EQ(pairs.size(), 2U);
  EXPECT_THAT(pairs[0].source, testing::ElementsAre(3, 4, 0));
  EXPECT_THAT(pairs[0].target, testing::ElementsAre(8, 0));
  EXPECT_THAT(pairs[1].source, testing::ElementsAre(0));
  EXPECT_THAT(pairs[1].target, testing::ElementsAre(2, 2, 2, 0));
  write_validation_pairs(folder.path(), {});
  EXPECT_TRUE(read_validation_pairs(folder.path(), 10).empty());
}

TEST(ValidationPairs, WhatIsNoneIsNamed) {
  const TemporaryFolder folder;
  const auto refusal = [&](std::string_view text) {
    folder.file("validation_pairs.json", text);
    return message_of<Error>([&] { read_validation_pairs(folder.path(), 10); });
  };
  const auto named = [](const char* what) { return AllOf(HasSubstr("validation_pairs.json"), HasSubstr(what)); };
  EXPECT_THAT(refusal("{}"), named("expected a list"));
  EXPECT_THAT(refusal("[[[1]]]"), named("pairs of lists"));
  EXPECT_THAT(refusal("[[[1], []]]"), named("found []"));
  EXPECT_THAT(refusal("[[[1], [9]]]"), named("0 to 8, found 9"));
  EXPECT_THAT(refusal("[[[1], [-1]]]"), named("found -1"));
  EXPECT_THAT(refusal("[[[1], [18446744073709551615]]]"), named("found 18446744073709551615"));
  EXPECT_THAT(refusal("[[[1], [1.5]]]"), named("found 1.5"));
  EXPECT_THAT(refusal("[[[1], \"a\"]]"), named("found \"a\""));
  std::string many = "[";
  for (int i = 0; i < 65; ++i) many += i == 0 ? "[[1],[1]]" : ",[[1],[1]]";
  EXPECT_THAT(refusal(many + "]"), named("at most 64"));
}

}  // namespace
}  // namespace mynah::model
