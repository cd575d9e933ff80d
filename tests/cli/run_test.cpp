#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <new>

#include "base/error.h"
#include "base/files.h"
#include "cli/program.h"

namespace mynah::cli {
namespace {

/// What run() says and gives when its body throws `thrown`.
template <class Thrown>
std::pair<int, std::string> run_throwing(const Thrown& thrown) {
  testing::internal::CaptureStderr();
  const int code = run("sample", [&]() -> int { throw thrown; });
  return {code, testing::internal::GetCapturedStderr()};
}

TEST(Run, GivesTheBodysExitCode) {
  EXPECT_EQ(run("sample", [] { return 0; }), 0);
  EXPECT_EQ(run("sample", [] { return 3; }), 3);
}

TEST(Run, PrintsAnErrorAsOneLine) {
  EXPECT_EQ(run_throwing(Error("cannot read a.txt: no such file")),
            std::make_pair(1, std::string("sample: cannot read a.txt: no such file\n")));
  EXPECT_EQ(run_throwing(UsageError("unknown option --x")), std::make_pair(2, std::string("sample: unknown option --x\n")));
  EXPECT_EQ(run_throwing(Interrupted("interrupted while reading -")),
            std::make_pair(130, std::string("sample: interrupted while reading -\n")));
}

TEST(Run, TellsOurMistakesFromTheUsers) {
  const auto [code, said] = run_throwing(std::logic_error("rows are sorted"));
  EXPECT_EQ(code, 70);
  EXPECT_THAT(
      said, testing::AllOf(testing::StartsWith("sample: "), testing::HasSubstr("rows are sorted"), testing::HasSubstr("report")));
  EXPECT_EQ(run_throwing(42).first, 70);
}

TEST(Run, WhatTheFileSystemRefusesIsAnErrorOfTheUsers) {
  const std::filesystem::filesystem_error refused("status", "/locked/a.txt", std::make_error_code(std::errc::permission_denied));
  EXPECT_EQ(run_throwing(refused),
            std::make_pair(1, std::string("sample: cannot look at or change /locked/a.txt: Permission denied\n")));
}

TEST(Run, ExplainsThatMemoryRanOut) {
  const auto [code, said] = run_throwing(std::bad_alloc());
  EXPECT_EQ(code, 1);
  EXPECT_THAT(said, testing::HasSubstr("memory"));
}

TEST(Run, PrintsAnAnswer) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(run("sample", []() -> int { throw Answered{"sample 1.0\n"}; }), 0);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "sample 1.0\n");
}

/// Ends the process with what run() gives for `body` while standard output is `descriptor`.
[[noreturn]] void run_writing_to(int descriptor, const std::function<int()>& body) {
  ::dup2(descriptor, STDOUT_FILENO);
  std::_Exit(run("sample", body));
}

int closed_pipe() {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) == 0) ::close(ends[0]);
  return ends[1];
}

int print_with_iostreams() {
  std::cout << "text\n";
  return 0;
}

int print_with_output_file() {
  OutputFile("-").write("text\n");
  return 0;
}

TEST(RunDeathTest, AClosedPipeEndsTheProgramInSilence) {
  EXPECT_EXIT(run_writing_to(closed_pipe(), print_with_iostreams), testing::ExitedWithCode(141), "^$");
  EXPECT_EXIT(run_writing_to(closed_pipe(), print_with_output_file), testing::ExitedWithCode(141), "^$");
}

TEST(RunDeathTest, AFullDiskUnderStandardOutputIsAnError) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full here";
  const char* message = "^sample: cannot write standard output: the disk is full\n$";
  EXPECT_EXIT(run_writing_to(::open("/dev/full", O_WRONLY), print_with_iostreams), testing::ExitedWithCode(1), message);
  EXPECT_EXIT(run_writing_to(::open("/dev/full", O_WRONLY), print_with_output_file), testing::ExitedWithCode(1), message);
}

}  // namespace
}  // namespace mynah::cli
