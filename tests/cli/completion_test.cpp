#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "cli/program.h"
#include "sample_program.h"

namespace mynah::cli {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Words = std::vector<std::string>;

bool has(const std::string& program) { return std::system(concat("command -v ", program, " >/dev/null").c_str()) == 0; }

class Completion : public testing::Test {
 protected:
  /// What bash proposes for the last of `words`.
  Words propose(const std::string& words) {
    const std::string script = concat(completion(sample_program(), sample_.list(), "bash"), "COMP_WORDS=(", words,
                                      ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\ncompopt() { :; }\n_mynah_sample\n",
                                      "printf '%s\\n' \"${COMPREPLY[@]}\"\n");
    const std::string out = folder_ / "out";
    const std::string file = folder_.file("complete.bash", script);
    EXPECT_EQ(std::system(concat("cd ", folder_.path().string(), " && bash -eu ", file, " >", out).c_str()), 0);
    std::istringstream lines(content_of(out));
    Words proposed;
    for (std::string line; std::getline(lines, line);) {
      if (!line.empty()) proposed.push_back(line);
    }
    std::sort(proposed.begin(), proposed.end());
    return proposed;
  }

  TemporaryFolder folder_;
  Sample sample_;
};

TEST_F(Completion, BashProposesOptions) {
  if (!has("bash")) GTEST_SKIP() << "bash is not installed";
  EXPECT_THAT(propose("sample --be"), ElementsAre("--beam-size"));
  EXPECT_THAT(propose("sample word --no"), ElementsAre("--no-split-sentences", "--normalize"));
  EXPECT_THAT(propose("sample --v"), ElementsAre("--valid-metrics", "--version"));
  EXPECT_THAT(propose("sample -"), testing::AllOf(Contains("-b"), Contains("--help"), Contains("--completion")));
}

TEST_F(Completion, BashProposesChoicesAndFolders) {
  if (!has("bash")) GTEST_SKIP() << "bash is not installed";
  std::filesystem::create_directory(folder_ / "models");
  EXPECT_THAT(propose("sample --activation ''"), ElementsAre("gelu", "relu"));
  EXPECT_THAT(propose("sample --completion z"), ElementsAre("zsh"));
  EXPECT_THAT(propose("sample -m ''"), ElementsAre("models"));
  EXPECT_THAT(propose("sample --train-sets mod"), IsEmpty());  // files are left to bash itself
}

TEST_F(Completion, BashRegistersItsFunction) {
  if (!has("bash")) GTEST_SKIP() << "bash is not installed";
  const std::string file = folder_.file("sample.bash", completion(sample_program(), sample_.list(), "bash"));
  EXPECT_EQ(std::system(concat("bash -c 'source ", file, " && complete -p sample' >", folder_ / "out").c_str()), 0);
  EXPECT_THAT(content_of(folder_ / "out"), HasSubstr("-F _mynah_sample sample"));
}

TEST_F(Completion, ZshEscapesWhatItsSpecificationsUse) {
  const std::string script = completion(sample_program(), sample_.list(), "zsh");
  EXPECT_THAT(script, testing::StartsWith("#compdef sample\n_arguments -s"));
  EXPECT_THAT(script, HasSubstr("'--beam-size[Hypotheses followed at once; it'\\''s 1 for \\[greedy\\]]:N: '"));
  EXPECT_THAT(script, HasSubstr("'--activation[Inside the feed-forward network]:TEXT:(relu gelu)'"));
  EXPECT_THAT(script, HasSubstr("'*--train-sets[Source and target]:FILE…:_files'"));
  EXPECT_THAT(script, HasSubstr("'-m[Directory of the model]:DIR:_files -/'"));
  if (has("zsh")) {
    EXPECT_EQ(std::system(concat("zsh -n ", folder_.file("_sample", script)).c_str()), 0);
  }
}

TEST_F(Completion, FishKnowsWhichOptionsTakeValues) {
  const std::string script = completion(sample_program(), sample_.list(), "fish");
  EXPECT_THAT(script,
              HasSubstr("complete -c sample -l beam-size -s b -x -d 'Hypotheses followed at once; it'\\''s 1 for [greedy]'\n"));
  EXPECT_THAT(script, HasSubstr("complete -c sample -l quiet -s q -d 'Say less'\n"));
  EXPECT_THAT(script, HasSubstr("complete -c sample -l activation -x -a 'relu gelu' -d "));
  EXPECT_THAT(script, HasSubstr("complete -c sample -l train-sets -s t -r -d "));
  if (has("fish")) {
    EXPECT_EQ(std::system(concat("fish -n ", folder_.file("sample.fish", script)).c_str()), 0);
  }
}

TEST_F(Completion, AnotherShellIsAnError) {
  EXPECT_EQ(message_of<UsageError>([&] { completion(sample_program(), sample_.list(), "csh"); }),
            "--completion: expected bash, zsh or fish, found 'csh'");
}

}  // namespace
}  // namespace mynah::cli
