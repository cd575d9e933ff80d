#include "inference/output_files.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "base/files.h"

namespace mynah::inference {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using Status = FileOutcome::Status;
namespace fs = std::filesystem;

/// Lines go through as upper case, so that what was written is told from what was read.
std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

Rendering rendering() {
  return {[](const Generated& line) { return upper(line.text) + "\n"; }, true};
}

struct Writing : testing::Test {
  FilePlan plan_of(const std::vector<std::string>& names, const std::string& output) {
    options.inputs.clear();
    for (const std::string& name : names) options.inputs.push_back(folder / name);
    options.output = folder / output;
    return plan_files(options, "en");
  }
  /// Runs until `most` lines were given; all when negative.
  std::vector<FileOutcome> run(const FilePlan& plan, int most = -1) {
    InputFiles inputs(plan.jobs, 1000);
    OutputFiles outputs(plan, options, settings, rendering());
    for (std::size_t job = 0; job < plan.jobs.size(); ++job) {
      const FileOutcome& outcome = outputs.outcomes()[job];
      if (outcome.status == Status::begun) inputs.skip(job, outcome.state.lines, outcome.state.fingerprint);
      if (outcome.status == Status::done_before || outcome.status == Status::failed) inputs.leave_out(job);
    }
    const auto expect = [&](Origin origin) { outputs.expect(std::move(origin)); };
    while (most != 0) {
      const std::optional<Line> line = inputs.next(expect);
      if (!line) break;
      Generated generated;
      generated.text = line->text;
      generated.complete = line->complete;
      generated.repairs = line->repairs;
      outputs.give(generated);
      ++given;
      most -= most > 0 ? 1 : 0;
    }
    if (most == 0) way_on = outputs.suspend();
    return outputs.outcomes();
  }
  std::string refused(const FilePlan& plan) {
    return message_of<Error>([&] { run(plan); });
  }
  std::string content(const std::string& name) const { return content_of(folder / name); }

  TemporaryFolder folder;
  FileOptions options;
  Json settings = {{"beam_size", 4}};
  std::string way_on;
  int given = 0;
};

TEST_F(Writing, FilesEndAsTheyDid) {
  folder.file("a", "one\ntwo\r\nlast");
  folder.file("b", "");
  const auto outcomes = run(plan_of({"a", "b"}, "out/"));
  EXPECT_EQ(content("out/a"), "ONE\nTWO\r\nLAST");
  EXPECT_EQ(content("out/b"), "");
  EXPECT_EQ(outcomes[0].status, Status::done);
  EXPECT_EQ(outcomes[0].state.lines, 3U);
  EXPECT_EQ(outcomes[0].state.account.lines, 3U);
  EXPECT_EQ(outcomes[1].status, Status::done);
}

TEST_F(Writing, AnInterruptedFileIsGoneOnWith) {
  folder.file("a", "one\ntwo\nthree\nfour\n");
  const FilePlan plan = plan_of({"a"}, "out");
  run(plan, 2);
  EXPECT_THAT(way_on, AllOf(HasSubstr("out.partial"), HasSubstr("--resume")));
  EXPECT_EQ(content("out.partial"), "ONE\nTWO\n");
  EXPECT_FALSE(fs::exists(folder / "out"));
  EXPECT_THAT(refused(plan), AllOf(HasSubstr("2 lines"), HasSubstr("--resume"), HasSubstr("--restart")));
  options.resume = true;
  given = 0;
  const auto outcomes = run(plan);
  EXPECT_EQ(given, 2);
  EXPECT_EQ(content("out"), "ONE\nTWO\nTHREE\nFOUR\n");
  EXPECT_EQ(outcomes[0].state.account.lines, 4U);
  EXPECT_FALSE(fs::exists(folder / "out.partial"));
  EXPECT_FALSE(fs::exists(folder / "out.partial.json"));
}

TEST_F(Writing, RestartBeginsAnew) {
  folder.file("a", "one\ntwo\n");
  const FilePlan plan = plan_of({"a"}, "out");
  run(plan, 1);
  options.restart = true;
  given = 0;
  run(plan);
  EXPECT_EQ(given, 2);
  EXPECT_EQ(content("out"), "ONE\nTWO\n");
}

TEST_F(Writing, WhatStandsBehindTheStateIsDoneAgain) {
  folder.file("a", "one\ntwo\nthree\n");
  const FilePlan plan = plan_of({"a"}, "out");
  run(plan, 2);
  std::ofstream(folder / "out.partial", std::ios::app) << "TORN LI";
  options.resume = true;
  run(plan);
  EXPECT_EQ(content("out"), "ONE\nTWO\nTHREE\n");
}

TEST_F(Writing, OtherSettingsOrInputsAreRefusedByName) {
  folder.file("a", "one\ntwo\nthree\n");
  const FilePlan plan = plan_of({"a"}, "out");
  run(plan, 2);
  options.resume = true;
  settings["beam_size"] = 1;
  EXPECT_THAT(refused(plan), AllOf(HasSubstr("out.partial"), HasSubstr("--beam-size was 4 and is 1"), HasSubstr("--restart")));
  settings["beam_size"] = 4;
  folder.file("a", "one\nTwo\nthree\n");
  EXPECT_THAT(run(plan)[0].message, AllOf(HasSubstr("the first 2 lines of"), HasSubstr("are not what they were")));
  EXPECT_EQ(content("out.partial"), "ONE\nTWO\n");
  folder.file("a", "one\ntwo\nthree\nfour\n");  // what was done is the same
  EXPECT_EQ(run(plan)[0].status, Status::done);
  EXPECT_EQ(content("out"), "ONE\nTWO\nTHREE\nFOUR\n");
}

TEST_F(Writing, DamagedOrShortLeftoversAreRefused) {
  folder.file("a", "one\ntwo\nthree\n");
  const FilePlan plan = plan_of({"a"}, "out");
  run(plan, 2);
  options.resume = true;
  folder.file("out.partial", "ONE\n");
  EXPECT_THAT(refused(plan), AllOf(HasSubstr("out.partial"), HasSubstr("shorter"), HasSubstr("--restart")));
  folder.file("out.partial.json", "{\"version\": 1, \"settings\": {\"beam_size\": 4}}");
  EXPECT_THAT(refused(plan), AllOf(HasSubstr("out.partial.json is damaged"), HasSubstr("--restart")));
  folder.file("out.partial.json", "{\"version\": 99}");
  EXPECT_THAT(refused(plan), HasSubstr("not of this version"));
}

TEST_F(Writing, AFolderIsGoneOnWithUnasked) {
  for (const char* name : {"a.txt", "b.txt", "c.txt"}) folder.file(name, "one\ntwo\nthree\n");
  const FilePlan plan = plan_of({"a.txt", "b.txt", "c.txt"}, "out");
  run(plan, 5);
  EXPECT_THAT(way_on, HasSubstr("the same command"));
  given = 0;
  const auto outcomes = run(plan);
  EXPECT_EQ(given, 4);
  EXPECT_EQ(outcomes[0].status, Status::done_before);
  EXPECT_EQ(outcomes[0].state.account.lines, 3U);
  EXPECT_EQ(outcomes[1].status, Status::done);
  for (const char* name : {"out/a.txt", "out/b.txt", "out/c.txt"}) EXPECT_EQ(content(name), "ONE\nTWO\nTHREE\n");
  given = 0;
  run(plan);
  EXPECT_EQ(given, 0);
}

TEST_F(Writing, InAFolderChangedInputsFailAndMissingOutputsAreMadeAgain) {
  for (const char* name : {"a.txt", "b.txt", "c.txt"}) folder.file(name, "one\n");
  const FilePlan plan = plan_of({"a.txt", "b.txt", "c.txt"}, "out");
  run(plan);
  folder.file("a.txt", "changed\n");
  fs::remove(folder / "out/b.txt");
  fs::last_write_time(folder / "c.txt", fs::file_time_type::clock::now() + std::chrono::hours(1));  // but the same text
  const auto outcomes = run(plan);
  EXPECT_EQ(outcomes[0].status, Status::failed);
  EXPECT_THAT(outcomes[0].message, AllOf(HasSubstr("changed since"), HasSubstr("a.txt")));
  EXPECT_EQ(outcomes[1].status, Status::done);
  EXPECT_EQ(outcomes[2].status, Status::done_before);
  settings["beam_size"] = 1;
  EXPECT_THAT(refused(plan), HasSubstr("--beam-size was 4 and is 1"));
  options.restart = true;
  EXPECT_EQ(run(plan)[0].status, Status::done);
  EXPECT_EQ(content("out/a.txt"), "CHANGED\n");
}

TEST_F(Writing, AJournalLineThatACrashCutOffDoesNotCount) {
  folder.file("a.txt", "one\n");
  folder.file("b.txt", "two\n");
  const FilePlan plan = plan_of({"a.txt", "b.txt"}, "out");
  run(plan);
  const std::string journal = content("out/.mynah-done.jsonl");
  folder.file("out/.mynah-done.jsonl", journal.substr(0, journal.size() - 20));
  given = 0;
  const auto outcomes = run(plan);
  EXPECT_EQ(given, 1);
  EXPECT_EQ(outcomes[0].status, Status::done_before);
  EXPECT_EQ(outcomes[1].status, Status::done);
  EXPECT_EQ(content("out/b.txt"), "TWO\n");
  given = 0;
  run(plan);
  EXPECT_EQ(given, 0);
}

TEST_F(Writing, PiecesOfALineThatIsNotWholeAreDoneAgain) {
  folder.file("a", "first\n" + std::string(3500, 'x') + "\nlast\n");
  const FilePlan plan = plan_of({"a"}, "out");
  run(plan, 3);  // the first line and two pieces of the second
  options.resume = true;
  const auto outcomes = run(plan);
  EXPECT_EQ(content("out"), "FIRST\n" + std::string(3500, 'X') + "\nLAST\n");
  EXPECT_EQ(outcomes[0].state.account.lines, 3U);
}

TEST_F(Writing, AFinishedFileOnlyLacksItsName) {
  folder.file("a", "one\n");
  const FilePlan plan = plan_of({"a"}, "out");
  ResumeState state{folder / "a", 1, "", 4, true, {}, {}};
  for (const bool renamed : {false, true}) {
    folder.file(renamed ? "out" : "out.partial", "ONE\n");
    write_state(folder / "out", state, settings);
    EXPECT_EQ(run(plan)[0].status, Status::done_before);
    EXPECT_EQ(content("out"), "ONE\n");
    EXPECT_FALSE(fs::exists(folder / "out.partial"));
    EXPECT_FALSE(fs::exists(folder / "out.partial.json"));
    fs::remove(folder / "out");
  }
}

TEST_F(Writing, OneFileThatCannotBeWrittenDoesNotStopTheOthers) {
  folder.file("a.txt", "one\n");
  folder.file("b.txt", "two\n");
  fs::create_directories(folder / "out/a.txt");
  const auto outcomes = run(plan_of({"a.txt", "b.txt"}, "out"));
  EXPECT_EQ(outcomes[0].status, Status::failed);
  EXPECT_THAT(outcomes[0].message, AllOf(HasSubstr("out/a.txt"), HasSubstr("folder")));
  EXPECT_EQ(content("out/b.txt"), "TWO\n");
}

TEST_F(Writing, TheOnlyFileThatCannotBeWrittenIsAnErrorBeforeTheWork) {
  folder.file("a.txt", "one\n");
  const FilePlan plan = plan_of({"a.txt"}, "nowhere/out");
  EXPECT_THAT(refused(plan), HasSubstr("nowhere/out"));
  EXPECT_EQ(given, 0);
}

TEST_F(Writing, AFullDiskSaysHowToGoOn) {
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += "line of text\n";
  folder.file("a", text);
  const FilePlan plan = plan_of({"a"}, "out");
  rlimit old{};
  getrlimit(RLIMIT_FSIZE, &old);
  const rlimit small{2'000'000, old.rlim_max};
  std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  const std::string message = refused(plan);
  setrlimit(RLIMIT_FSIZE, &old);
  EXPECT_THAT(message, HasSubstr("out"));
  options.resume = true;
  run(plan);
  EXPECT_EQ(content("out"), upper(text));
}

TEST_F(Writing, NothingIsLeftWhereNothingWasDone) {
  folder.file("a", "one\n");
  run(plan_of({"a"}, "out"), 0);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
  EXPECT_EQ(way_on, "");
}

TEST_F(Writing, WhatIsWorthALookIsKeptOverInterruptions) {
  folder.file("a", "one\nt\xFFwo\nthree\n");
  const FilePlan plan = plan_of({"a"}, "out");
  run(plan, 2);
  options.resume = true;
  const auto outcomes = run(plan);
  ASSERT_EQ(outcomes[0].state.looks.total(), 1U);
  EXPECT_EQ(outcomes[0].state.looks.listed()[0].line, 2U);
  EXPECT_EQ(outcomes[0].state.account.repairs.invalid, 1U);
}

}  // namespace
}  // namespace mynah::inference
