#include "inference/file_jobs.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::inference {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;

struct FileJobs : testing::Test {
  FileJobs() {
    for (const char* name : {"in/a.txt", "in/b.en", "in/c.txt.gz", "in/sub/a.txt", "in/d.pdf", "in/e.de", "other/a.txt"}) {
      fs::create_directories(fs::path(folder / name).parent_path());
      folder.file(name, "text");
    }
  }
  FilePlan plan(std::vector<std::string> inputs, const std::string& output = "") {
    options.inputs.clear();
    for (const std::string& input : inputs) options.inputs.push_back(input == "-" ? input : folder / input);
    options.output = output.empty() ? "" : folder / output;
    return plan_files(options, "en");
  }
  std::string refused(const std::vector<std::string>& inputs, const std::string& output = "") {
    return message_of<Error>([&] { plan(inputs, output); });
  }
  std::vector<std::string> outputs(const FilePlan& plan) const {
    std::vector<std::string> found;
    for (const FileJob& job : plan.jobs) found.push_back(fs::relative(job.output, folder.path()).string());
    return found;
  }

  TemporaryFolder folder;
  FileOptions options;
};

TEST_F(FileJobs, WithoutInputsStandardInputIsRead) {
  const FilePlan found = plan({});
  ASSERT_EQ(found.jobs.size(), 1U);
  EXPECT_EQ(found.jobs[0].input, "-");
  EXPECT_EQ(found.jobs[0].output, "-");
  EXPECT_EQ(found.folder, "");
}

TEST_F(FileJobs, OneFileGoesToAFileOrIntoAFolder) {
  EXPECT_THAT(outputs(plan({"in/a.txt"}, "out.txt")), ElementsAre("out.txt"));
  EXPECT_EQ(plan({"in/a.txt"}, "out.txt").folder, "");
  EXPECT_THAT(outputs(plan({"in/a.txt"}, "new/")), ElementsAre("new/a.txt"));
  EXPECT_THAT(outputs(plan({"in/a.txt"}, "other")), ElementsAre("other/a.txt"));
}

TEST_F(FileJobs, AFolderKeepsItsTreeAndSaysWhatIsLeft) {
  const FilePlan found = plan({"in"}, "out");
  EXPECT_THAT(outputs(found), ElementsAre("out/a.txt", "out/b.en", "out/c.txt.gz", "out/sub/a.txt"));
  EXPECT_EQ(found.jobs[3].name, "sub/a.txt");
  EXPECT_THAT(found.others, ElementsAre(testing::Pair(HasSubstr("in/d.pdf"), HasSubstr("out/d.pdf")),
                                        testing::Pair(HasSubstr("e.de"), HasSubstr("e.de"))));
  options.include = {"*.de", "*.en"};
  options.exclude = {"b*"};
  EXPECT_THAT(outputs(plan({"in"}, "out")), ElementsAre("out/e.de"));
}

TEST_F(FileJobs, AnOutputInsideTheInputIsNotRead) {
  fs::create_directories(folder / "in/out");
  folder.file("in/out/x.txt", "text");
  EXPECT_THAT(outputs(plan({"in"}, "in/out")), testing::Not(testing::Contains(HasSubstr("x.txt"))));
}

TEST_F(FileJobs, SeveralInputsGoToStandardOutputOneAfterTheOther) {
  const FilePlan found = plan({"in/b.en", "-", "in/a.txt"});
  ASSERT_EQ(found.jobs.size(), 3U);
  for (const FileJob& job : found.jobs) EXPECT_EQ(job.output, "-");
  EXPECT_EQ(found.jobs[1].name, "standard input");
}

TEST_F(FileJobs, PatternsWithoutAFolderAreRefused) {
  options.include = {"*.txt"};
  EXPECT_THAT(refused({"in/a.txt"}), HasSubstr("no folder was given"));
  options.include.push_back(folder / "in");
  EXPECT_THAT(refused({}, "out"),
              AllOf(HasSubstr("--include takes all that follows"), HasSubstr("/in too: name the folder before")));
  options.exclude.swap(options.include);
  EXPECT_THAT(refused({"-"}), HasSubstr("--exclude takes all that follows"));
  EXPECT_THAT(outputs(plan({"in"}, "out")), ElementsAre("out/b.en", "out/c.txt.gz"));
}

TEST_F(FileJobs, WhatCannotBeIsSaid) {
  EXPECT_THAT(refused({"missing.txt"}), AllOf(HasSubstr("missing.txt"), HasSubstr("no such file")));
  EXPECT_THAT(refused({"in/a.txt", "other/a.txt"}, "out"),
              AllOf(HasSubstr("in/a.txt"), HasSubstr("other/a.txt"), HasSubstr("out/a.txt")));
  EXPECT_THAT(refused({"in/a.txt"}, "in/a.txt"), HasSubstr("--output would replace"));
  EXPECT_THAT(refused({"in/a.txt"}, "in/sub/../a.txt"), HasSubstr("--output would replace"));
  EXPECT_THAT(refused({"in"}, "in"), HasSubstr("--output would replace"));
  EXPECT_THAT(refused({"in", "other"}, "in/a.txt"), HasSubstr("is a file"));
  EXPECT_THAT(refused({"in/a.txt", "-"}, "out/"), HasSubstr("standard input has no name"));
  options.include = {"*.odt"};
  EXPECT_THAT(refused({"in"}, "out"), AllOf(HasSubstr("*.odt"), HasSubstr("--include"), HasSubstr("6 others")));
}

TEST_F(FileJobs, AReportReplacesNeitherInputNorOutput) {
  options.report = folder / "in/a.txt";
  EXPECT_THAT(refused({"in/a.txt"}, "out.txt"), AllOf(HasSubstr("--report would replace"), HasSubstr("in/a.txt")));
  options.report = folder / "in/../out.txt";
  EXPECT_THAT(refused({"in/a.txt"}, "out.txt"), HasSubstr("--report would replace"));
  options.report = folder / "report.json";
  EXPECT_THAT(outputs(plan({"in/a.txt"}, "out.txt")), ElementsAre("out.txt"));
}

TEST_F(FileJobs, CopiesNeedAFolder) {
  options.copy_others = true;
  EXPECT_THAT(refused({"in"}), HasSubstr("--copy-others copies to the folder --output"));
  EXPECT_THAT(plan({"in"}, "out").others, testing::SizeIs(2));
}

}  // namespace
}  // namespace mynah::inference
