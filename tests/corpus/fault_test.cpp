#include "corpus/fault.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::corpus {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Fault, TheListIsInTheOrderOfTheFaults) {
  ASSERT_EQ(all_faults().size(), kFaults);
  std::set<std::string> names;
  for (std::size_t fault = 0; fault < kFaults; ++fault) {
    EXPECT_EQ(static_cast<std::size_t>(all_faults()[fault].fault), fault);
    EXPECT_EQ(&info(all_faults()[fault].fault), &all_faults()[fault]);
    names.insert(all_faults()[fault].name);
  }
  EXPECT_EQ(names.size(), kFaults);
}

TEST(Fault, NamesStandForFaults) {
  EXPECT_EQ(faults_named({"tag", "empty"}, "x"), (std::set{Fault::empty, Fault::tag}));
  EXPECT_EQ(faults_named({"all"}, "x").size(), kFaults);
  EXPECT_TRUE(faults_named({"none"}, "x").empty());
  const auto usual = faults_named({"usual"}, "x"), more = faults_named({"usual", "numbers"}, "x");
  EXPECT_TRUE(usual.contains(Fault::duplicate));
  EXPECT_FALSE(usual.contains(Fault::numbers));
  EXPECT_EQ(more.size(), usual.size() + 1);
}

TEST(Fault, UnknownNamesAreErrors) {
  EXPECT_THAT(message_of<UsageError>([] {
                faults_named({"empty", "tags"}, "leave-out");
              }),
              AllOf(HasSubstr("--leave-out"), HasSubstr("found tags"), HasSubstr("near-duplicate"), HasSubstr("usual")));
}

}  // namespace
}  // namespace mynah::corpus
