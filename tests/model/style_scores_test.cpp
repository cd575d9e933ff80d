#include "model/style_scores.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::model {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(StyleScores, AreReadAsTheyWereWritten) {
  const TemporaryFolder folder;
  EXPECT_TRUE(read_style_scores(folder.path()).empty());
  write_style_scores(folder.path(), {{"headline", 14.25, 9.5, 200}, {"paragraph", 3, 5.125, 12}});
  const auto scores = read_style_scores(folder.path());
  ASSERT_EQ(scores.size(), 2U);
  EXPECT_EQ(scores[0].style, "headline");
  EXPECT_EQ(scores[0].written, 14.25);
  EXPECT_EQ(scores[0].documents, 200);
  EXPECT_EQ(scores[1].style, "paragraph");
  EXPECT_EQ(scores[1].chosen, 5.125);
}

TEST(StyleScores, WhatIsNoneIsNamed) {
  const TemporaryFolder folder;
  for (const char* text :
       {"[]", R"({"headline": 3})", R"({"headline": {"written": 3, "chosen": "4", "documents": 2}})",
        R"({"headline": {"written": 3, "documents": 2}})", R"({"headline": {"written": 3, "chosen": 4, "documents": 1e300}})"}) {
    folder.file("style_scores.json", text);
    EXPECT_THAT(message_of<Error>([&] { read_style_scores(folder.path()); }),
                AllOf(HasSubstr("style_scores.json: expected"), HasSubstr("found ")))
        << text;
  }
}

}  // namespace
}  // namespace mynah::model
