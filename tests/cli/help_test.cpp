#include <gmock/gmock.h>

#include <sstream>

#include "cli/option_text.h"
#include "cli/program.h"
#include "sample_program.h"

namespace mynah::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string sample_help() {
  Sample sample;
  return help(sample_program(), sample.list());
}

TEST(Help, BeginsWithUsageAndSummary) {
  EXPECT_THAT(sample_help(),
              StartsWith("Usage: sample [OPTION…] [--] TEXT…\n\nturns one text into another — slowly\n\nOptions:\n"));
}

TEST(Help, NoWordsAreOfferedWhereNoneAreTaken) {
  Program program = sample_program();
  program.positional.clear();
  EXPECT_THAT(help(program, OptionList()), StartsWith("Usage: sample [OPTION…]\n"));
}

TEST(Help, HasARowPerOption) {
  EXPECT_THAT(sample_help(),
              HasSubstr("\nSearch:\n  -b, --beam-size N             Hypotheses followed at once; it's 1 for [greedy] "));
  EXPECT_THAT(sample_help(), HasSubstr("  -v, --[no-]split-sentences    Cut lines into sentences first (default: on)\n"));
  EXPECT_THAT(sample_help(), HasSubstr("      --prefix TEXT             Text that every target begins with\n"));
}

TEST(Help, StaysWithinAHundredColumns) {
  Sample sample;
  OptionList list = sample.list();
  list.add("a-very-long-name-for-an-option-that-fills-its-line", sample.prefix,
           std::string(30, 'a') + " " + std::string(300, ' '));
  list.add("wordy", sample.prefix,
           "many words with ümläuts that go on and on and on and on and on and on and on and on and on and on and on");
  std::istringstream lines(help(sample_program(), list));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(width(line), 100U) << line;
}

TEST(Help, ShowsExamplesAndTheCommonOptions) {
  EXPECT_THAT(sample_help(), HasSubstr("\nExamples:\n  sample -b 1 Hello\n      Greedy search.\n"));
  EXPECT_THAT(sample_help(), HasSubstr("  -h, --help "));
  EXPECT_THAT(sample_help(), HasSubstr("  -c, --config FILE.json "));
}

}  // namespace
}  // namespace mynah::cli
