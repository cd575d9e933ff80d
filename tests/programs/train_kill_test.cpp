// train killed at random moments and started again, until it is done: what it leaves is what an undisturbed run leaves.
// MYNAH_KILL_RUNS says how many runs (50 for the full test; a few by default), MYNAH_KILL_SEED which moments.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <thread>

#include "../training/small_corpus.h"
#include "../training/temporary_folder.h"
#include "run_program.h"

namespace mynah {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;
using training::bytes_of;
using training::TemporaryFolder;

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

class TrainKilled : public testing::Test {
 protected:
  TrainKilled() { training::write_small_corpora(folder_.path()); }

  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

  /// Everything whose state has to survive, and files written all the time.
  std::vector<std::string> command(const std::string& model) const {
    return {MYNAH_TRAIN,
            "--model",
            path(model),
            "--train-sets",
            path("train.xa"),
            path("train.xb"),
            "--valid-sets",
            path("valid.xa"),
            path("valid.xb"),
            "--valid-metrics",
            "ce-mean-words",
            "chrf",
            "--task",
            "tiny",
            "--dim-emb",
            "32",
            "--dim-ffn",
            "64",
            "--enc-depth",
            "1",
            "--dec-depth",
            "1",
            "--vocabulary",
            "330",
            "--max-tokens",
            "300",
            "--maxi-batch",
            "5",
            "--learn-rate",
            "0.003",
            "--lr-warmup",
            "10u",
            "--dropout",
            "0.1",
            "--exponential-smoothing",
            "0.01",
            "--average-checkpoints",
            "3",
            "--optimizer-delay",
            "2",
            "--sentencepiece-alphas",
            "0.2",
            "0.1",
            "--after",
            "60u",
            "--save-freq",
            "5u",
            "--valid-freq",
            "11u",
            "--disp-freq",
            "4u",
            "--threads",
            "2",
            "--quiet"};
  }

  TemporaryFolder folder_;
};

bool is_writing(const fs::path& model) {
  for (const fs::path& folder : {model, model / "checkpoint"}) {
    std::error_code ignored;  // files come and go meanwhile
    for (fs::directory_iterator entry(folder, ignored), end; !ignored && entry != end; entry.increment(ignored)) {
      if (entry->path().extension() == ".partial") return true;
    }
  }
  return false;
}

/// Waits so long and then, if wished, for a file that is being written.
void wait_for_the_moment(const fs::path& model, double milliseconds, bool while_writing) {
  std::this_thread::sleep_for(Milliseconds(milliseconds));
  const auto begin = Clock::now();
  while (while_writing && !is_writing(model) && Clock::now() - begin < std::chrono::seconds(2)) continue;
}

nlohmann::json without_clock(nlohmann::json json) {
  if (json.is_object()) {
    for (const char* key : {"seconds", "tokens_per_second"}) json.erase(key);
  }
  if (json.is_structured()) {
    for (auto& value : json) value = without_clock(std::move(value));
  }
  return json;
}

/// All files of a model directory; of JSON what does not hang on the clock.
std::map<std::string, std::string> contents(const fs::path& model) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(model)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".svg") continue;
    std::string& content = files[fs::relative(entry.path(), model).string()];
    content = bytes_of(entry.path());
    if (entry.path().extension() == ".json") content = without_clock(nlohmann::json::parse(content)).dump();
    if (entry.path().extension() != ".jsonl") continue;
    std::istringstream lines(std::exchange(content, ""));
    for (std::string line; std::getline(lines, line);) content += without_clock(nlohmann::json::parse(line)).dump() + "\n";
  }
  return files;
}

TEST_F(TrainKilled, EqualsAnUndisturbedRunByteForByte) {
  const auto begin = Clock::now();
  const Ran undisturbed = run_program(command("whole"));
  ASSERT_EQ(undisturbed.code, 0) << undisturbed.err;
  const double duration = Milliseconds(Clock::now() - begin).count();
  const auto whole = contents(path("whole"));
  ASSERT_TRUE(whole.contains("model.safetensors"));
  ASSERT_TRUE(whole.contains("checkpoint/optimizer-60.safetensors"));

  const std::uint64_t runs = number_from("MYNAH_KILL_RUNS", 4), seed = number_from("MYNAH_KILL_SEED", 1);
  Random random(seed);
  std::map<std::string, int> moments;
  for (std::uint64_t run = 0; run < runs; ++run) {
    const std::string name = "cut-" + std::to_string(run);
    const std::uint64_t kills = 1 + random.below(3);
    for (std::uint64_t kill = 0; kill < kills; ++kill) {
      RunningProgram program(command(name));
      const double early = random.uniform() * random.uniform();  // rather early: there it prepares, and writes its first files
      wait_for_the_moment(path(name), early * duration, random.below(2) == 0);
      program.signal(SIGKILL);
      const Ran killed = program.finish();
      ASSERT_TRUE(killed.code == 128 + SIGKILL || killed.code == 0) << killed.err;
      const bool first = !fs::exists(path(name + "/checkpoint/state.json"));
      const char* writing = is_writing(path(name)) ? ", while a file was written" : "";
      ++moments[killed.code == 0 ? "too late" : std::string(first ? "before the first checkpoint" : "after it") + writing];
    }
    const Ran last = run_program(command(name));
    ASSERT_EQ(last.code, 0) << "run " << run << ", seed " << seed << ": " << last.err;
    const auto cut = contents(path(name));
    for (const auto& [file, content] : whole) {
      const auto found = cut.find(file);
      EXPECT_TRUE(found != cut.end() && found->second == content) << file << " of run " << run << ", seed " << seed;
    }
    for (const auto& [file, content] : cut) EXPECT_TRUE(whole.contains(file)) << file << " is left behind by run " << run;
    if (HasFailure()) return;
    fs::remove_all(path(name));
  }
  std::cout << runs << " runs, seed " << seed << ", an undisturbed run took " << duration / 1000 << " s. Killed:";
  for (const auto& [moment, times] : moments) std::cout << "  " << moment << ": " << times;
  std::cout << "\n";
}

}  // namespace
}  // namespace mynah
