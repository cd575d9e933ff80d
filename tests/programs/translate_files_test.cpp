// `translate` over folders and whole files, as users give them and as things go wrong.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "base/files.h"
#include "base/random.h"
#include "run_program.h"
#include "tiny_model.h"

namespace mynah {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;
namespace fs = std::filesystem;
using namespace std::string_literals;

class TranslateFiles : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    models_ = new TemporaryFolder;
    write_tiny_model(models_->path() / "en-de");
  }
  static void TearDownTestSuite() { delete models_; }

  std::vector<std::string> command(std::vector<std::string> arguments) const {
    std::vector<std::string> words{MYNAH_TRANSLATE, "--model", *models_ / "en-de", "--threads", "2"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
  }
  Ran translate(const std::vector<std::string>& arguments, const std::string& input = "") const {
    return run_program(command(arguments), input);
  }
  std::string file(const std::string& name, const std::string& content) const {
    fs::create_directories(fs::path(folder_ / name).parent_path());
    return folder_.file(name, content);
  }
  std::string content(const std::string& name) const { return content_of(folder_ / name); }
  Json report() const { return Json::parse(content("report.json")); }
  std::string at(const std::string& name) const { return folder_ / name; }

  static inline TemporaryFolder* models_ = nullptr;
  TemporaryFolder folder_;
};

std::ptrdiff_t newlines(const std::string& text) { return std::ranges::count(text, '\n'); }

TEST_F(TranslateFiles, AFolderBecomesAFolder) {
  file("in/a.txt", "Good morning!\n\nThe cat sleeps.\n");
  file("in/sub/b.txt", "Where is the station?\r\nThank you");
  file("in/sub/c.en", "Birds sing.\n");
  file("in/empty.txt", "");
  file("in/picture.png", "no text");
  OutputFile packed(at("in/d.txt.gz"));
  packed.write("The dog runs.\n");
  packed.commit();
  const Ran ran = translate({at("in"), "--output", at("out"), "--report", at("report.json")});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(newlines(content("out/a.txt")), 3);
  EXPECT_EQ(newlines(content("out/sub/b.txt")), 1);
  EXPECT_THAT(content("out/sub/b.txt"), HasSubstr("\r\n"));
  EXPECT_EQ(content("out/empty.txt"), "");
  EXPECT_EQ(newlines(read_file(at("out/d.txt.gz"))), 1);
  EXPECT_FALSE(fs::exists(at("out/picture.png")));
  EXPECT_THAT(ran.err, AllOf(HasSubstr("5 files, 7 lines"), HasSubstr("1 other file was not read"), HasSubstr("picture.png")));
  EXPECT_EQ(report()["total"]["lines"], 7);
  EXPECT_EQ(report()["total"]["blank_lines"], 1);
  EXPECT_EQ(report()["files"].size(), 5U);
}

TEST_F(TranslateFiles, EachFileIsWhatItIsAlone) {
  std::vector<std::string> files;
  for (int i = 0; i < 20; ++i) {
    std::string text;
    for (int line = 0; line <= i % 7; ++line) text += concat("The cat number ", line, " of ", i, " sleeps.\n");
    files.push_back(file(concat("in/", i, ".txt"), text));
  }
  std::vector<std::string> arguments = files;
  arguments.insert(arguments.end(), {"--output", at("together/")});
  EXPECT_EQ(translate(arguments).code, 0);
  for (int i = 0; i < 20; i += 3) {
    EXPECT_EQ(translate({"--input", files[static_cast<std::size_t>(i)], "--output", at("alone.txt")}).code, 0);
    EXPECT_EQ(content("alone.txt"), content(concat("together/", i, ".txt")));
  }
}

TEST_F(TranslateFiles, OthersAreCopiedWhenAsked) {
  file("in/a.txt", "Good morning!\n");
  file("in/sub/picture.png", "no text");
  EXPECT_EQ(translate({at("in"), "--output", at("out"), "--copy-others"}).code, 0);
  EXPECT_EQ(content("out/sub/picture.png"), "no text");
}

TEST_F(TranslateFiles, SeveralFilesAndStandardInputGoDownAPipe) {
  const std::string a = file("a.txt", "Good morning!\nno line end"), b = file("b.txt", "Thank you.\n");
  const Ran ran = translate({"--input", a, "-", b}, "The cat sleeps.\n");
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(newlines(ran.out), 4);
  EXPECT_EQ(ran.out, translate({}, "Good morning!\nno line end\nThe cat sleeps.\nThank you.\n").out);
}

TEST_F(TranslateFiles, InputAsTheWorldHasIt) {
  const std::string hostile = "\xEF\xBB\xBFGood morning!\ntorn \xFF\xFE bytes\nnul \0 inside\nlone\rreturn\n"s +
                              "line\xE2\x80\xA8separator\n\x1B[1mbold\x1B[0m\n\xE2\x80\xAEright to "
                              "left\xE2\x80\xAC\n👩‍👩‍👧‍👦 🏳️‍🌈 e\xCC\x81\n" +
                              std::string(300'000, 'x') + "\n \t \nno end";
  file("in/hostile.txt", hostile);
  file("in/utf16.txt", "\xFF\xFE"s + "G\0o\0\n\0Y\0e\0s\0\n\0"s);
  const Ran ran = translate({at("in"), "--output", at("out"), "--report", at("report.json")});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(newlines(content("out/hostile.txt")), newlines(hostile));
  EXPECT_FALSE(content("out/hostile.txt").ends_with('\n'));
  EXPECT_EQ(newlines(content("out/utf16.txt")), 2);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("lines were repaired"), HasSubstr("hostile.txt:2: repaired: 2 invalid UTF-8 sequences")));
  const Json total = report()["total"];
  EXPECT_EQ(total["lines"], newlines(hostile) + 1 + 2);
  EXPECT_EQ(total["nul"], 1);
  EXPECT_EQ(total["byte_order_marks"], 2);
  EXPECT_EQ(total["carriage_returns"], 1);
  EXPECT_EQ(total["control_characters"], 2);
  EXPECT_EQ(total["invalid_utf8"], 2);
}

TEST_F(TranslateFiles, WhatFailsIsNamedAndTheRestGoesOn) {
  file("in/a.txt", "Good morning!\n");
  file("in/b.txt.gz", "\x1f\x8b no gzip at all");
  file("in/c.txt", "Thank you.\n");
  fs::create_directories(at("out/c.txt"));
  fs::create_symlink("nowhere", at("in/d.txt"));
  const Ran ran = translate({at("in"), "--output", at("out")});
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("in/b.txt.gz"), HasSubstr("out/c.txt"), HasSubstr("in/d.txt")));
  EXPECT_EQ(newlines(content("out/a.txt")), 1);
  EXPECT_FALSE(fs::exists(at("out/b.txt.gz")));
}

TEST_F(TranslateFiles, AFolderRunAgainDoesOnlyWhatIsNew) {
  file("in/a.txt", "Good morning!\n");
  translate({at("in"), "--output", at("out")});
  const auto before = fs::last_write_time(at("out/a.txt"));
  file("in/b.txt", "Thank you.\n");
  const Ran ran = translate({at("in"), "--output", at("out"), "--report", at("report.json")});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.err, HasSubstr("2 files (1 done before), 1 line, "));
  EXPECT_EQ(fs::last_write_time(at("out/a.txt")), before);
  EXPECT_EQ(report()["total"]["lines"], 2);
  const Ran other = translate({at("in"), "--output", at("out"), "--beam-size", "1"});
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, AllOf(StartsWith("translate: "), HasSubstr("--beam-size was 2 and is 1"), HasSubstr("--restart")));
}

TEST_F(TranslateFiles, WordsThatAreFilesAreReadWithOutputAndAreTextWithout) {
  const std::string a = file("a.txt", "Good morning!\nThank you.\n");
  EXPECT_EQ(translate({a, "--output", at("out.txt")}).code, 0);
  EXPECT_EQ(newlines(content("out.txt")), 2);
  const Ran text = translate({a});
  EXPECT_EQ(text.code, 0);
  EXPECT_THAT(text.err, AllOf(HasSubstr("taken as text"), HasSubstr("--input " + a)));
  const Ran mixed = translate({a, at("missing.txt"), "--output", at("out")});
  EXPECT_EQ(mixed.code, 2);
  EXPECT_THAT(mixed.err, HasSubstr("missing.txt is not"));
}

TEST_F(TranslateFiles, StrictTurnsSuspectsIntoAnExitCode) {
  file("in/a.txt", "Good morning!\n");
  file("in/b.txt", "asdf qwer zxcv uiop asdf qwer zxcv uiop asdf qwer zxcv uiop asdf qwer zxcv uiop\n");
  const std::vector<std::string> arguments{at("in"), "--output", at("out"), "--report", at("report.json"), "--restart"};
  EXPECT_EQ(translate(arguments).code, 0);
  ASSERT_GT(report()["total"]["suspects"], 0);
  std::vector<std::string> strictly = arguments, unguarded = arguments;
  strictly.emplace_back("--strict");
  EXPECT_EQ(translate(strictly).code, 3);
  unguarded.insert(unguarded.end(), {"--strict", "--no-guard"});
  EXPECT_EQ(translate(unguarded).code, 0);
}

TEST_F(TranslateFiles, AFullDiskIsOneSentenceAndGoneOnWith) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "The cat sleeps, and the dog runs over the hill.\n";
  const std::string input = file("in.txt", text), output = at("out.txt");
  const std::string limited = "trap '' XFSZ; ulimit -f 20; exec \"$@\"";
  std::vector<std::string> words{"/bin/bash", "-c", limited, "bash"};
  const std::vector<std::string> all = command({"--input", input, "--output", output, "--quiet"});
  words.insert(words.end(), all.begin(), all.end());
  const Ran full = run_program(words);
  EXPECT_EQ(full.code, 1) << full.err;
  EXPECT_EQ(newlines(full.err), 1);
  EXPECT_THAT(full.err, AllOf(HasSubstr(output), HasSubstr("--resume")));
  EXPECT_FALSE(fs::exists(output));
  EXPECT_EQ(run_program(command({"--input", input, "--output", output, "--resume"})).code, 0);
  EXPECT_EQ(translate({"--input", input, "--output", at("whole.txt")}).code, 0);
  EXPECT_EQ(content("out.txt"), content("whole.txt"));
}

/// Killed at random moments until it is done; how often it was killed.
int run_with_kills(const std::vector<std::string>& words, std::uint64_t seed, double longest_seconds) {
  Random random(seed);
  for (int kills = 0;; ++kills) {
    RunningProgram program(words);
    std::this_thread::sleep_for(std::chrono::duration<double>(random.uniform() * longest_seconds));
    program.signal(SIGKILL);
    if (program.finish().code == 0) return kills;
    if (kills > 500) throw std::runtime_error("never done");
  }
}

TEST_F(TranslateFiles, KilledAtAnyMomentItIsGoneOnWith) {
  Random random(7);
  for (int i = 0; i < 40; ++i) {
    std::string text;
    const std::uint64_t lines = i == 20 ? 1500 : random.below(40);
    for (std::uint64_t line = 0; line < lines; ++line)
      text += concat("The cat number ", line, " sleeps, and dog ", i, " runs.\n");
    file(concat("in/", i % 3, "/", i, ".txt"), text);
  }
  EXPECT_EQ(translate({at("in"), "--output", at("whole")}).code, 0);
  const auto started = std::chrono::steady_clock::now();
  EXPECT_EQ(translate({at("in"), "--output", at("timed"), "--quiet"}).code, 0);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  const char* wished = std::getenv("MYNAH_KILLS");
  const int most = wished == nullptr ? 10 : std::atoi(wished);
  int kills = 0;
  for (std::uint64_t round = 0; kills < most; ++round) {
    fs::remove_all(at("out"));
    kills += run_with_kills(command({at("in"), "--output", at("out"), "--quiet"}), round, seconds * 0.8);
    for (const auto& entry : fs::recursive_directory_iterator(at("whole"))) {
      const std::string name = fs::relative(entry.path(), at("whole")).string();
      if (entry.is_regular_file() && !name.starts_with(".")) {
        EXPECT_EQ(content("out/" + name), content("whole/" + name)) << name;
      }
    }
    for (const auto& entry : fs::recursive_directory_iterator(at("out"))) {
      EXPECT_EQ(entry.path().string().find(".partial"), std::string::npos) << entry.path();
    }
  }
  std::cout << "killed " << kills << " times\n";
}

}  // namespace
}  // namespace mynah
