#include "corpus/check_options.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::corpus {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

std::string complaint(const CheckOptions& options, std::string_view given = "") {
  return message_of<UsageError>([&] { validate(options, [&](std::string_view option) { return option == given; }); });
}

TEST(CheckOptions, AreAllListed) {
  CheckOptions options;
  OptionList list;
  list_options(options, list);
  list.find("test_sets")->set({"a", "b"});
  list.find("leave-out")->set({"tag"});
  list.find("strict")->set({"true"});
  EXPECT_EQ(options.test_sets.size(), 2U);
  EXPECT_EQ(options.leave_out.back(), "tag");
  EXPECT_TRUE(options.strict);
}

TEST(CheckOptions, OutsideOfACheckAreErrors) {
  CheckOptions options;
  EXPECT_THAT(complaint(options), IsEmpty());
  for (const char* option :
       {"test-sets", "clean-copy", "leave-out", "check-report", "check-examples", "check-memory", "strict"}) {
    options.check_data = false;
    EXPECT_THAT(complaint(options, option), AllOf(HasSubstr(option), HasSubstr("--check-data")));
    options.check_data = true;
    EXPECT_THAT(complaint(options, option), IsEmpty());
  }
}

TEST(CheckOptions, OutOfRangeAreErrors) {
  CheckOptions options{.check_data = true};
  options.leave_out = {"nonsense"};
  EXPECT_THAT(complaint(options), AllOf(HasSubstr("--leave-out"), HasSubstr("nonsense")));
  options = {.check_data = true, .check_examples = -1};
  EXPECT_THAT(complaint(options), AllOf(HasSubstr("--check-examples"), HasSubstr("-1")));
  options = {.check_data = true, .check_memory = 0};
  EXPECT_THAT(complaint(options), AllOf(HasSubstr("--check-memory"), HasSubstr("found 0")));
}

}  // namespace
}  // namespace mynah::corpus
