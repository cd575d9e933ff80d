// The models that ship: small, documented, and good for what their cards say.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "base/error.h"
#include "base/files.h"
#include "run_program.h"

namespace mynah {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const fs::path kModels = fs::path(MYNAH_SOURCE_DIR) / "models";

std::vector<fs::path> shipped() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(kModels)) {
    if (fs::exists(entry.path() / "config.json")) folders.push_back(entry.path());
  }
  return folders;
}

using Words = std::vector<std::string>;

Words translate(const std::string& model, Words words) {
  words.insert(words.begin(), {MYNAH_TRANSLATE, "--model", kModels / model, "--threads", "1"});
  return words;
}

TEST(ShippedModels, AreAtMostTenMegabytesWithTheirCards) {
  ASSERT_THAT(shipped(), Contains(kModels / "en-de"));
  for (const fs::path& folder : shipped()) {
    std::uintmax_t size = 0;
    for (const auto& file : fs::recursive_directory_iterator(folder)) size += file.file_size();
    EXPECT_LE(size, 10'000'000U) << folder;
    const std::string card = read_file(folder / "README.md");
    for (const char* part : {"## Data", "licence", "## How it was made", "## Scores", "## Ten samples"}) {
      EXPECT_THAT(card, HasSubstr(part)) << folder;
    }
    EXPECT_THAT(read_file(kModels / "README.md"), HasSubstr(folder.filename().string() + "/README.md"));
    EXPECT_THAT(read_file(folder / "training.json"), Not(HasSubstr("/"))) << "a folder of the trainer's machine";
  }
}

/// A model that translates: its test set below MYNAH_TEST_DATA, every how many lines of it are translated here, and the chrF2
/// that its card gives for all of it.
struct Translates {
  std::string model, test, source, target;
  int every;
  double chrf;
};

class ShippedTranslation : public testing::TestWithParam<Translates> {};

TEST_P(ShippedTranslation, IsAsItsCardSays) {
  std::istringstream card(read_file(kModels / GetParam().model / "README.md"));
  std::string source, input, expected;
  for (std::string line; std::getline(card, line);) {
    if (line.starts_with("- ")) source = line.substr(2, line.find_last_not_of(' ') - 1);
    if (line.starts_with("  → ")) {
      input += source + '\n';
      expected += line.substr(std::string_view("  → ").size()) + '\n';
    }
  }
  EXPECT_EQ(std::count(input.begin(), input.end(), '\n'), 14);  // ten sentences, four passages
  EXPECT_EQ(run_program(translate(GetParam().model, {}), input).out, expected);
}

TEST_P(ShippedTranslation, HasAVerdictOnInt8ThatHoldsForIt) {
  const std::string& model = GetParam().model;
  const Ran ran = run_program(translate(model, {"--quiet"}), "Good morning.\n");
  EXPECT_EQ(ran.err, "");  // else packed.json is of other weights or of another version
  EXPECT_EQ(ran.out, run_program(translate(model, {"--precision", "int8"}), "Good morning.\n").out);
  EXPECT_THAT(read_file(kModels / model / "packed.json"), HasSubstr("\"allowed\": true"));
}

std::string every_so_many_lines(const fs::path& path, int every) {
  LineReader reader(path);
  std::string lines;
  int number = 0;
  for (std::string line; reader.next(line);) {
    if (number++ % every == 0) lines += line + '\n';
  }
  return lines;
}

TEST_P(ShippedTranslation, ScoresOnTatoebaAsItsCardSays) {
  const char* data = std::getenv("MYNAH_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "MYNAH_TEST_DATA, the folder of larger texts, is not set";
  const auto& [model, test, source, target, every, chrf] = GetParam();
  const fs::path folder = fs::path(testing::TempDir()) / concat("shipped_models_test.", model, ".", getpid());
  fs::create_directories(folder);
  for (const std::string& side : {source, target})
    write_file(folder / side, every_so_many_lines(fs::path(data) / "translation" / test / concat("test.", side, ".xz"), every));
  const Ran ran = run_program(translate(model, {"--input", folder / source, "--score", folder / target, "--metrics", "chrf"}));
  fs::remove_all(folder);
  std::smatch score;
  ASSERT_TRUE(std::regex_search(ran.err, score, std::regex("chrF2[^=]*= ([0-9.]+)"))) << ran.err;
  EXPECT_NEAR(std::stod(score[1]), chrf, 1.5);
}

INSTANTIATE_TEST_SUITE_P(Models, ShippedTranslation,
                         testing::Values(Translates{"en-de", "tatoeba-en-de", "en", "de", 40, 54.1},
                                         Translates{"de-en", "tatoeba-en-de", "de", "en", 40, 53.6},
                                         Translates{"zh-en", "tatoeba-en-zh", "zh", "en", 5, 41.2},
                                         Translates{"en-zh", "tatoeba-en-zh", "en", "zh", 5, 21.3}),
                         [](const auto& info) { return info.param.source + info.param.target; });

/// "- 200: …" in the card is about that document of the test set.
TEST(ShippedModels, HeadlineEnWritesWhatItsCardSays) {
  const char* data = std::getenv("MYNAH_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "MYNAH_TEST_DATA, the folder of larger texts, is not set";
  std::map<int, std::string> expected;
  std::istringstream card(read_file(kModels / "headline-en/README.md"));
  int number = -1;
  for (std::string line; std::getline(card, line);) {
    if (line.starts_with("- ")) number = std::stoi(line.substr(2));
    if (line.starts_with("  → ")) expected[number] = line.substr(std::string_view("  → ").size());
  }
  EXPECT_EQ(expected.size(), 10U);
  LineReader reader(fs::path(data) / "summarization/arxiv-title-en/test.jsonl.xz");
  number = 0;
  for (std::string line; reader.next(line); ++number) {
    if (!expected.contains(number)) continue;
    const std::string document = nlohmann::json::parse(line).at("document");
    const Ran ran =
        run_program({MYNAH_SUMMARIZE, "--model", kModels / "headline-en", "--style", "headline", "--quiet"}, document);
    EXPECT_EQ(ran.out, expected[number] + "\n") << number;
  }
  EXPECT_EQ(number, 2000);
}

/// Of a text in its language, a model that nobody named writes what it is good at.
TEST(ShippedModels, SummarizeAsksHeadlineEnForHeadlinesAlone) {
  const std::string text = fs::path(MYNAH_SOURCE_DIR) / "data/mynah.txt";
  const auto summarize = [&](const Words& words) {
    Words all{MYNAH_SUMMARIZE, "--quiet", text};
    all.insert(all.end(), words.begin(), words.end());
    return run_program(all).out;
  };
  const std::string model = kModels / "headline-en";
  EXPECT_EQ(summarize({"--style", "headline"}), summarize({"--style", "headline", "--model", model}));
  EXPECT_EQ(summarize({}), summarize({"--extractive"}));
  EXPECT_NE(summarize({}), summarize({"--model", model}));
  EXPECT_NE(summarize({"--style", "headline"}), summarize({"--style", "headline", "--extractive"}));
}

TEST(ShippedModels, EnDeTranslatesAlikeWithEitherEngine) {
  const char* data = std::getenv("MYNAH_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "MYNAH_TEST_DATA, the folder of larger texts, is not set";
  const std::string lines = every_so_many_lines(fs::path(data) / "translation/multi30k/test_2016_flickr.en.gz", 40);
  const std::string packed = run_program(translate("en-de", {"--engine", "packed", "--precision", "float32"}), lines).out;
  EXPECT_EQ(std::count(packed.begin(), packed.end(), '\n'), 25);
  EXPECT_EQ(run_program(translate("en-de", {"--engine", "libtorch"}), lines).out, packed);
}

}  // namespace
}  // namespace mynah
