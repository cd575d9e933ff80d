#include "inference/file_report.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace mynah::inference {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Status = FileOutcome::Status;

struct Said {
  explicit Said(const RunReport& report) {
    say(report,
        Log([this](LogLevel level, std::string_view line) { (level == LogLevel::info ? info : warnings).emplace_back(line); }));
  }
  std::vector<std::string> info, warnings;
};

FileOutcome outcome(Status status, std::uint64_t lines) {
  FileOutcome made;
  made.status = status;
  made.state.lines = made.state.account.lines = lines;
  return made;
}

RunReport report_of_one() {
  RunReport report;
  report.jobs = {{"a.txt", "b.txt", "a.txt"}};
  report.outcomes = {outcome(Status::done, 1)};
  report.account.lines = 1;
  report.account.sentences = 2;
  report.account.target_tokens = 10;
  report.account.elapsed_seconds = 2;
  return report;
}

void look(RunReport& report, std::uint64_t line, const Finding& finding) {
  Generated generated;
  generated.parts.push_back({"source", "", {}, {}, {finding}});
  report.outcomes.front().state.looks.add(line, generated);
}

TEST(FileReport, CleanTextIsASentence) {
  const Said said(report_of_one());
  EXPECT_THAT(said.info, ElementsAre("1 line, 2 sentences, 10 target pieces in 2.0 s (5.0 pieces/s)"));
  EXPECT_THAT(said.warnings, IsEmpty());
}

TEST(FileReport, WarningsAreForWhatWentLessWell) {
  RunReport report = report_of_one();
  Account& account = report.outcomes.front().state.account;
  account.repaired_lines = 1;
  account.repairs.nul = 3;
  account.split_sentences = account.unfinished = 2;
  EXPECT_THAT(Said(report).warnings,
              ElementsAre("1 line was repaired: 3 NULs", HasSubstr("2 sentences were over"), HasSubstr("2 sentences ended")));
}

TEST(FileReport, TheFirstOfWhatIsWorthALookIsNamed) {
  RunReport report = report_of_one();
  for (std::uint64_t line = 1; line <= 12; ++line) look(report, line, {Finding::Kind::suspect, "repeats itself"});
  const Said said(report);
  ASSERT_EQ(said.warnings.size(), 12U);
  EXPECT_EQ(said.warnings[0], "12 lines are worth a look:");
  EXPECT_EQ(said.warnings[1], "  a.txt:1: repeats itself");
  EXPECT_THAT(said.warnings[11], AllOf(HasSubstr("2 more"), HasSubstr("--report")));
  EXPECT_EQ(report.suspects(), 12U);
}

TEST(FileReport, FailuresAndOthersAreNamed) {
  RunReport report = report_of_one();
  report.jobs.push_back({"c.txt", "d.txt", "c.txt"});
  report.jobs.push_back({"e.txt", "f.txt", "e.txt"});
  report.outcomes.push_back(outcome(Status::failed, 0));
  report.outcomes.back().message = "cannot read c.txt";
  report.outcomes.push_back(outcome(Status::done_before, 7));
  report.problems = {"cannot read the folder x"};
  report.others = {"a.png", "b.png", "c.png", "d.png"};
  const Said said(report);
  EXPECT_THAT(said.info, ElementsAre(HasSubstr("3 files (1 done before), 1 line, "),
                                     AllOf(HasSubstr("4 other files"), HasSubstr("a.png, b.png, c.png, …"))));
  EXPECT_THAT(said.warnings, ElementsAre("cannot read the folder x", "cannot read c.txt"));
  EXPECT_EQ(report.failed(), 2U);
}

TEST(FileReport, AsJsonEverythingIsThere) {
  RunReport report = report_of_one();
  report.jobs.push_back({"c.txt", "d.txt", "c.txt"});
  report.outcomes.push_back(outcome(Status::done_before, 7));
  look(report, 1, {Finding::Kind::missing, "the number 5 is missing"});
  const Json json = to_json(report);
  EXPECT_EQ(json["total"]["lines"], 8);
  EXPECT_EQ(json["this_run"]["lines"], 1);
  EXPECT_EQ(json["this_run"]["target_tokens_per_second"], 5);
  EXPECT_EQ(json["files"][1]["status"], "done before");
  EXPECT_EQ(json["files"][0]["worth_a_look"]["listed"][0]["findings"][0]["reason"], "the number 5 is missing");
  EXPECT_EQ(json["interrupted"], false);
}

TEST(FileReport, DocumentsAreCountedByWhatWasReadOfThem) {
  RunReport report = report_of_one();
  report.documents = true;
  ReadAccount& read = report.account.read;
  read = {.documents = 1, .paragraphs = 2, .sentences = 9, .words = 90, .paragraphs_read = 2, .sentences_read = 9};
  read.summaries = read.written = 1;
  read.summary_sentences = 3;
  read.summary_words = 30;
  report.outcomes[0].state.account.read = read;
  look(report, 1, {Finding::Kind::unmet, "a wish"});
  const Said one(report);
  EXPECT_THAT(one.info, ElementsAre("1 document, 2 paragraphs, 9 sentences, 90 words; the summary has 3 sentences, 30 words; the "
                                    "model read 9 sentences"));
  EXPECT_THAT(one.warnings, ElementsAre("a wish"));
  report.jobs.push_back({"c.txt", "d.txt", "c.txt"});
  report.outcomes.push_back(report.outcomes[0]);
  report.outcomes[1].status = Status::done_before;
  const Said two(report);
  EXPECT_THAT(two.info, ElementsAre(AllOf(HasSubstr("2 files (1 done before); 2 documents"),
                                          HasSubstr("2 summaries have 6 sentences"), HasSubstr("in 2.0 s"))));
  EXPECT_THAT(two.warnings, ElementsAre("2 summaries are worth a look:", "  a.txt: a wish", "  c.txt: a wish"));
  EXPECT_EQ(to_json(report)["total"]["read"]["words"], 180);
}

}  // namespace
}  // namespace mynah::inference
