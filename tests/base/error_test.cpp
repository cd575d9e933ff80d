#include "base/error.h"

#include <gmock/gmock.h>

namespace mynah {
namespace {

TEST(Concat, JoinsPartsOfAnyKind) {
  EXPECT_EQ(concat("line ", 7, " of ", std::string("a.txt"), ' ', 0.5), "line 7 of a.txt 0.5");
}

TEST(Ensure, PassesWhenItHolds) { EXPECT_NO_THROW(ensure(true, "arithmetic works")); }

TEST(Ensure, NamesThePlaceAndWhatWasExpected) {
  try {
    ensure(false, "rows are sorted");
    FAIL() << "nothing was thrown";
  } catch (const std::logic_error& error) {
    EXPECT_THAT(error.what(), testing::AllOf(testing::HasSubstr("error_test.cpp:"), testing::HasSubstr("rows are sorted")));
  }
}

TEST(Error, UsageErrorsAndInterruptionsAreErrors) {
  EXPECT_THROW(throw UsageError("no such option"), Error);
  EXPECT_THROW(throw Interrupted("interrupted"), Error);
  EXPECT_THROW(throw BrokenPipe("nobody reads"), Error);
}

}  // namespace
}  // namespace mynah
