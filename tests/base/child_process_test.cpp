#include "base/child_process.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "base/error.h"
#include "temporary_folder.h"

namespace mynah {
namespace {

std::vector<std::string> shell(const std::string& script) { return {"/bin/sh", "-c", script}; }

TEST(ChildProcess, GivesLinesOfStandardErrorAndTheExitCode) {
  ChildProcess child(shell("echo lost; echo one >&2; echo >&2; printf three >&2; exit 7"));
  std::string line;
  ASSERT_TRUE(child.next_line(line));
  EXPECT_EQ(line, "one");
  ASSERT_TRUE(child.next_line(line));
  EXPECT_EQ(line, "");
  ASSERT_TRUE(child.next_line(line));
  EXPECT_EQ(line, "three");
  EXPECT_FALSE(child.next_line(line));
  EXPECT_EQ(child.wait(), 7);
}

TEST(ChildProcess, HasNoInput) {
  ChildProcess child(shell("read line || exit 5"));
  EXPECT_EQ(child.wait(), 5);
}

TEST(ChildProcess, LinesComeWhileItRuns) {
  ChildProcess child(shell("echo ready >&2; exec sleep 100"));
  std::string line;
  ASSERT_TRUE(child.next_line(line));
  EXPECT_EQ(line, "ready");
  child.signal(SIGTERM);
  EXPECT_FALSE(child.next_line(line));
  EXPECT_EQ(child.wait(), 128 + SIGTERM);
}

TEST(ChildProcess, IsKilledWhenNobodyWaits) {
  const TemporaryFolder folder;
  {
    ChildProcess child(shell("echo ready >&2; sleep 1; touch " + (folder / "survived")));
    std::string line;
    child.next_line(line);
  }
  ::sleep(2);
  EXPECT_FALSE(std::filesystem::exists(folder / "survived"));
}

TEST(ChildProcess, ProgramsThatAreNotThereAreErrors) {
  EXPECT_NE(message_of<Error>([] { ChildProcess({"/no/such/program"}); }).find("/no/such/program"), std::string::npos);
}

TEST(ChildProcess, KnowsItsOwnProgram) { EXPECT_TRUE(own_program().ends_with("base_tests")) << own_program(); }

}  // namespace
}  // namespace mynah
