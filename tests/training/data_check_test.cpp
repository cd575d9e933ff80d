#include "training/data_check.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "small_corpus.h"

namespace mynah::training {
namespace {

TEST(DataCheck, ReadsWhatTrainingWouldRead) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.valid_sets = options.train_sets;
  corpus::CheckOptions wishes;
  wishes.check_report = (folder.path() / "report.json").string();
  wishes.leave_out = {"duplicate"};
  const DataCheck check = check_data(options, wishes, nullptr);
  EXPECT_NE(check.report.find("Checked 600 pairs xa-xb"), std::string::npos) << check.report;
  const Json json = Json::parse(bytes_of(wishes.check_report));
  EXPECT_EQ(json.at("findings").at("in-valid").at("pairs"), 600);
  EXPECT_EQ(json.at("kept"), 600 - json.at("findings").at("duplicate").at("pairs").get<int>());
  EXPECT_EQ(check.left_out, json.at("kept") != 600);
  EXPECT_FALSE(std::filesystem::exists(options.model));
}

TEST(DataCheck, KnowsItsLimits) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.valid_sets.clear();
  options.max_length = 3;
  const DataCheck check = check_data(options, {}, nullptr);
  EXPECT_TRUE(check.left_out);
  EXPECT_NE(check.report.find("\ntoo-long"), std::string::npos) << check.report;
}

TEST(DataCheck, WithoutCorporaIsAUsageError) { EXPECT_THROW(check_data({}, {}, nullptr), UsageError); }

}  // namespace
}  // namespace mynah::training
