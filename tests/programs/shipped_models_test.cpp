// The models that ship: small, documented, and good for what their cards say.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <sstream>

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

std::vector<std::string> translate(std::vector<std::string> words) {
  words.insert(words.begin(), {MYNAH_TRANSLATE, "--model", kModels / "en-de", "--threads", "1"});
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

TEST(ShippedModels, EnDeTranslatesAsItsCardSays) {
  std::istringstream card(read_file(kModels / "en-de/README.md"));
  std::string source, input, expected;
  for (std::string line; std::getline(card, line);) {
    if (line.starts_with("- ")) source = line.substr(2, line.find_last_not_of(' ') - 1);
    if (line.starts_with("  → ")) {
      input += source + '\n';
      expected += line.substr(std::string_view("  → ").size()) + '\n';
    }
  }
  EXPECT_EQ(std::count(input.begin(), input.end(), '\n'), 10);
  EXPECT_EQ(run_program(translate({}), input).out, expected);
}

std::string every_fortieth_line(const fs::path& path) {
  LineReader reader(path);
  std::string lines;
  std::int64_t number = 0;
  for (std::string line; reader.next(line);) {
    if (number++ % 40 == 0) lines += line + '\n';
  }
  return lines;
}

TEST(ShippedModels, EnDeKeepsAVerdictThatHoldsForIt) {
  const Ran ran = run_program(translate({"--quiet"}), "Good morning.\n");
  EXPECT_EQ(ran.err, "");  // else packed.json is of other weights or of another version
  EXPECT_EQ(ran.out, run_program(translate({"--precision", "int8"}), "Good morning.\n").out);
  EXPECT_THAT(read_file(kModels / "en-de/packed.json"), HasSubstr("\"allowed\": true"));
}

TEST(ShippedModels, EnDeTranslatesAlikeWithEitherEngine) {
  const char* data = std::getenv("MYNAH_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "MYNAH_TEST_DATA, the folder of larger texts, is not set";
  const std::string lines = every_fortieth_line(fs::path(data) / "translation/multi30k/test_2016_flickr.en.gz");
  const std::string packed = run_program(translate({"--engine", "packed", "--precision", "float32"}), lines).out;
  EXPECT_EQ(std::count(packed.begin(), packed.end(), '\n'), 25);
  EXPECT_EQ(run_program(translate({"--engine", "libtorch"}), lines).out, packed);
}

TEST(ShippedModels, EnDeScoresOnTatoebaAsItsCardSays) {
  const char* data = std::getenv("MYNAH_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "MYNAH_TEST_DATA, the folder of larger texts, is not set";
  const fs::path folder = fs::path(testing::TempDir()) / ("shipped_models_test." + std::to_string(getpid()));
  fs::create_directories(folder);
  for (const std::string side : {"en", "de"}) {
    write_file(folder / side, every_fortieth_line(fs::path(data) / ("translation/tatoeba-en-de/test." + side + ".xz")));
  }
  const Ran ran = run_program(translate({"--input", folder / "en", "--score", folder / "de", "--metrics", "chrf"}));
  fs::remove_all(folder);
  std::smatch score;
  ASSERT_TRUE(std::regex_search(ran.err, score, std::regex("chrF2[^=]*= ([0-9.]+)"))) << ran.err;
  EXPECT_NEAR(std::stod(score[1]), 48.6, 1.5);
}

}  // namespace
}  // namespace mynah
