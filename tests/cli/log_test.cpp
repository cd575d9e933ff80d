#include <gmock/gmock.h>

#include "cli/program.h"
#include "cli/terminal.h"

namespace mynah::cli {
namespace {

/// What standard error holds after one line of every level.
std::string said(bool quiet) {
  testing::internal::CaptureStderr();
  const Log log = standard_log(quiet);
  log.debug("a detail");
  log.info("a fact");
  log.warning("a doubt");
  return testing::internal::GetCapturedStderr();
}

TEST(StandardLog, MarksWarningsAndStampsTimeInFiles) {
  const char* lines = Terminal::standard().can_move() ? "^a fact\nwarning: a doubt\n$"
                                                      : "^\\[....-..-.. ..:..:..\\] a fact\n\\[.*\\] warning: a doubt\n$";
  EXPECT_THAT(said(false), testing::ContainsRegex(lines));
}

TEST(StandardLog, KeepsOnlyWarningsWhenQuiet) {
  EXPECT_THAT(said(true), testing::AllOf(testing::HasSubstr("warning: a doubt\n"), testing::Not(testing::HasSubstr("a fact"))));
}

}  // namespace
}  // namespace mynah::cli
