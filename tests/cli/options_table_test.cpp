#include <gmock/gmock.h>

#include "cli/program.h"
#include "sample_program.h"

namespace mynah::cli {
namespace {

using testing::HasSubstr;

TEST(OptionsTable, HasARowPerOptionUnderItsHeading) {
  Sample sample;
  const std::string table = options_table(sample.list());
  EXPECT_THAT(table, testing::StartsWith(
                         "**Options**\n\n| option | meaning |\n|---|---|\n| `-m, --model DIR` | Directory of the model |\n"));
  EXPECT_THAT(table, HasSubstr("\n\n**Search**\n\n"));
  EXPECT_THAT(
      table,
      HasSubstr(
          "| `-b, --beam-size N` | Hypotheses followed at once; it's 1 for [greedy] (default: 4). Also --num-beams, --beam |\n"));
}

TEST(OptionsTable, BarsDoNotEndACell) {
  Sample sample;
  EXPECT_THAT(options_table(sample.list()), HasSubstr("| `--max-length N` | Pieces at most \\| the end included |\n"));
}

}  // namespace
}  // namespace mynah::cli
