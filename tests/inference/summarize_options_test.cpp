#include "inference/summarize_options.h"

#include <gmock/gmock.h>

#include "base/error.h"

namespace mynah::inference {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

std::string complaint(const SummarizeOptions& options) {
  try {
    validate(options);
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

TEST(SummarizeOptions, DefaultsAreValid) { EXPECT_EQ(complaint({}), ""); }

TEST(SummarizeOptions, ListsEveryOptionOnceWithHelp) {
  SummarizeOptions options;
  OptionList list;
  list_options(options, list);
  EXPECT_GT(list.options().size(), 15U);
  for (const Option& option : list.options()) {
    EXPECT_FALSE(option.help.empty()) << option.name;
    EXPECT_FALSE(option.group.empty()) << option.name;
  }
}

TEST(SummarizeOptions, LimitsOfZeroAreRefused) {
  SummarizeOptions options;
  options.length.sentences = 0;
  EXPECT_THAT(complaint(options), HasSubstr("--sentences: expected 1 or more, found 0"));
  options.length = {.words = -3};
  EXPECT_THAT(complaint(options), HasSubstr("--words: expected 1 or more, found -3"));
  options.length = {.ratio = "0%"};
  EXPECT_THAT(complaint(options), HasSubstr("--ratio"));
  options.length = {};
  options.read_words = 0;
  EXPECT_THAT(complaint(options), HasSubstr("--read-words"));
}

TEST(SummarizeOptions, ARatioIsAPart) {
  EXPECT_DOUBLE_EQ(parse_ratio("10%"), 0.1);
  EXPECT_DOUBLE_EQ(parse_ratio("2.5 %"), 0.025);
  EXPECT_DOUBLE_EQ(parse_ratio("0.5"), 0.5);
  EXPECT_DOUBLE_EQ(parse_ratio("100%"), 1);
  for (const char* wrong : {"", "ten", "10", "-5%", "0", "101%", "10%%", "10 percent", "%", "nan", "10% of it"}) {
    EXPECT_THAT([&] { parse_ratio(wrong); }, ThrowsMessage<UsageError>(HasSubstr("--ratio: expected a part"))) << wrong;
  }
}

TEST(SummarizeOptions, ContradictionsAreNamed) {
  SummarizeOptions options;
  options.summaries = "s.jsonl";
  EXPECT_THAT(complaint(options), HasSubstr("--summaries needs --score"));
  options.score = "d.jsonl";
  EXPECT_EQ(complaint(options), "");
  options.files.output = "o";
  EXPECT_THAT(complaint(options), HasSubstr("--output"));
  options = {};
  options.score = "d.jsonl";
  options.files.inputs = {"a.txt"};
  EXPECT_THAT(complaint(options), HasSubstr("no other files"));
  options.files.inputs = {};
  options.together = true;
  EXPECT_THAT(complaint(options), AllOf(HasSubstr("--score"), HasSubstr("--together")));
}

}  // namespace
}  // namespace mynah::inference
