#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "cli/program.h"
#include "sample_program.h"

namespace mynah::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class Parse : public testing::Test {
 protected:
  CommandLine parse_words(std::vector<std::string> words) {
    words.insert(words.begin(), "sample");
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    return parse(program_, sample_.list(), static_cast<int>(argv.size()), argv.data());
  }

  std::string answer(const std::vector<std::string>& words) {
    try {
      parse_words(words);
    } catch (const Answered& answered) {
      return answered.text;
    }
    return {};
  }

  Program program_ = sample_program();
  Sample sample_;
  TemporaryFolder folder_;
};

TEST_F(Parse, SetsMembersAndKeepsWords) {
  const CommandLine line =
      parse_words({"-b", "6", "Hello", "--train-sets", "a", "b", "--max-length=9", "--no-split-sentences", "--", "you"});
  EXPECT_EQ(sample_.beam_size, 6);
  EXPECT_THAT(sample_.train_sets, ElementsAre("a", "b"));
  EXPECT_EQ(sample_.max_length, 9);
  EXPECT_FALSE(sample_.split_sentences);
  EXPECT_THAT(line.words, ElementsAre("Hello", "you"));
  EXPECT_THAT(line.given, ElementsAre("beam-size", "train-sets", "max-length", "split-sentences"));
  EXPECT_TRUE(line.has("beam-size"));
  EXPECT_FALSE(line.has("model"));
}

TEST_F(Parse, NoArgumentsAreFine) {
  EXPECT_THAT(parse_words({}).given, testing::IsEmpty());
  EXPECT_THAT(parse(program_, sample_.list(), 0, nullptr).given, testing::IsEmpty());
}

TEST_F(Parse, TheCommandLineStandsAboveTheConfigFile) {
  const std::string config = folder_.file("run.json", R"({"beam_size": 8, "model": "dir", "valid_metrics": ["chrf"]})");
  const CommandLine line = parse_words({"--beam-size", "2", "--config", config});
  EXPECT_EQ(sample_.beam_size, 2);
  EXPECT_EQ(sample_.model, "dir");
  EXPECT_THAT(sample_.valid_metrics, ElementsAre("chrf"));
  EXPECT_THAT(line.given, ElementsAre("beam-size", "model", "valid-metrics"));
}

TEST_F(Parse, AListOnTheCommandLineReplacesTheConfigFiles) {
  const std::string config = folder_.file("run.json", R"({"train_sets": ["a", "b"]})");
  parse_words({"--config", config, "-t", "c"});
  EXPECT_THAT(sample_.train_sets, ElementsAre("c"));
}

TEST_F(Parse, ErrorsInTheConfigFileNameIt) {
  const std::string config = folder_.file("run.json", R"({"beam_sise": 8})");
  EXPECT_THAT(message_of<UsageError>([&] {
                parse_words({"--config", config});
              }),
              AllOf(HasSubstr("run.json"), HasSubstr("beam_sise"), HasSubstr("beam_size")));
  EXPECT_THAT(message_of<Error>([&] { parse_words({"--config", "no.json"}); }), HasSubstr("cannot read no.json"));
}

TEST_F(Parse, DumpConfigReadsBackAsTheSameOptions) {
  const std::string dumped = answer({"--dump-config", "-b", "7", "--weights", "0.1", "2", "--no-split-sentences"});
  const std::string config = folder_.file("run.json", dumped);
  EXPECT_EQ(Json::parse(dumped)["weights"].dump(), "[0.1,2]");
  sample_ = Sample();
  EXPECT_EQ(answer({"--config", config, "--dump-config"}), dumped);
  EXPECT_EQ(sample_.beam_size, 7);
  EXPECT_FALSE(sample_.split_sentences);
}

TEST_F(Parse, AnswersQuestionsWhateverElseIsGiven) {
  EXPECT_EQ(answer({"--version"}), "sample (Mynah) " MYNAH_VERSION "\n");
  EXPECT_THAT(answer({"--build-info"}),
              AllOf(StartsWith("mynah " MYNAH_VERSION "\ncompiler "), HasSubstr("processor of the test\n")));
  EXPECT_EQ(answer({"-b", "abc", "--help"}), help(program_, sample_.list()));
  EXPECT_EQ(answer({"-h"}), help(program_, sample_.list()));
  EXPECT_EQ(answer({"--man"}), man_page(program_, sample_.list()));
  EXPECT_EQ(answer({"--completion", "zsh"}), completion(program_, sample_.list(), "zsh"));
  EXPECT_EQ(answer({"--options-table"}), options_table(sample_.list()));
}

TEST_F(Parse, WordsWhereNoneAreTakenAreAnError) {
  program_.positional.clear();
  EXPECT_EQ(message_of<UsageError>([&] {
              parse_words({"--quiet", "Hello"});
            }),
            "'Hello' stands where an option is expected (see sample --help)");
}

TEST_F(Parse, ValuesOfTheWrongKindAreErrors) {
  EXPECT_EQ(message_of<UsageError>([&] {
              parse_words({"--beam-size", "abc"});
            }),
            "--beam-size: expected a whole number, found 'abc'");
  EXPECT_EQ(message_of<UsageError>([&] {
              parse_words({"--activation", "tanh"});
            }),
            "--activation: expected one of relu, gelu, found 'tanh'");
  EXPECT_EQ(message_of<UsageError>([&] {
              parse_words({"--completion", "csh"});
            }),
            "--completion: expected one of bash, zsh, fish, found 'csh'");
}

}  // namespace
}  // namespace mynah::cli
