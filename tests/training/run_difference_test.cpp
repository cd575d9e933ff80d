#include "training/run_difference.h"

#include <gmock/gmock.h>

#include "base/files.h"
#include "model/safetensors.h"
#include "temporary_folder.h"

namespace mynah::training {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

/// Two folders of a run, alike until told otherwise.
struct Runs {
  TemporaryFolder folder;
  fs::path one = folder.path() / "one", other = folder.path() / "other";

  Runs() {
    for (const fs::path& run : {one, other}) {
      fs::create_directories(run / "checkpoint");
      tensors(run, {1, 2, 3, 4});
      state(run, 7, run == one ? "1.5" : "2.5");
      write_file(run / "curves.svg", run.string());
      write_file(run / "source.spm", "pieces");
    }
  }
  static void tensors(const fs::path& run, const std::vector<float>& values) {
    const std::vector<float> first(3, 0.5F);
    model::write_safetensors(run / "checkpoint/weights-7.safetensors",
                             {{"a", model::make_array(first, {3})}, {"b", model::make_array(values, {2, 2})}});
  }
  static void state(const fs::path& run, int updates, const std::string& seconds) {
    write_file(run / "checkpoint/state.json",
               "{\"standing\": {\"updates\": " + std::to_string(updates) + ", \"seconds\": " + seconds + "}, \"recent\": [1]}");
    write_file(run / "history.jsonl", "{\"updates\": 1, \"tokens_per_second\": " + seconds + "}\n{\"updates\": 2}\n");
  }
  std::string difference() const { return first_difference(one, other).value_or(""); }
};

TEST(RunDifference, TheClockDoesNotCount) {
  const Runs runs;
  EXPECT_EQ(runs.difference(), "");
  EXPECT_EQ(count_tensors(runs.one), 2U);
}

TEST(RunDifference, NamesANumberOfATensor) {
  Runs runs;
  Runs::tensors(runs.other, {1, 2, 3.25, 5});
  EXPECT_EQ(runs.difference(), "checkpoint/weights-7.safetensors: b, element 2: 3 and 3.25");
}

TEST(RunDifference, NamesTensorsOfOtherShape) {
  Runs runs;
  model::write_safetensors(runs.other / "checkpoint/weights-7.safetensors",
                           {{"a", model::make_array(std::vector<float>(4), {4})}});
  EXPECT_THAT(runs.difference(), HasSubstr("a is not alike in shape"));
}

TEST(RunDifference, NamesAValueOfTheState) {
  Runs runs;
  Runs::state(runs.other, 8, "1.5");
  EXPECT_EQ(runs.difference(), "checkpoint/state.json: /standing/updates: 7 and 8");
  write_file(runs.other / "checkpoint/state.json", "{\"standing\": {\"updates\": 7}, \"recent\": [1, 2]}");
  EXPECT_THAT(runs.difference(), HasSubstr("one of them says more"));
  write_file(runs.other / "checkpoint/state.json", "{\"standing\": {}, \"recent\": [1]}");
  EXPECT_THAT(runs.difference(), HasSubstr("/standing"));
}

TEST(RunDifference, NamesALineOfTheHistoryAndOtherFiles) {
  Runs runs;
  write_file(runs.other / "history.jsonl", "{\"updates\": 1}\n{\"updates\": 3}\n");
  EXPECT_EQ(runs.difference(), "history.jsonl: /1/updates: 2 and 3");
  write_file(runs.other / "history.jsonl", read_file(runs.one / "history.jsonl"));
  write_file(runs.other / "source.spm", "piecez");
  EXPECT_EQ(runs.difference(), "source.spm: its bytes");
}

TEST(RunDifference, NamesAFileThatOnlyOneHas) {
  Runs runs;
  write_file(runs.other / "model.safetensors.partial", "");
  EXPECT_EQ(runs.difference(), "model.safetensors.partial is in one of them only");
  fs::remove(runs.other / "model.safetensors.partial");
  fs::remove(runs.other / "source.spm");
  EXPECT_THAT(runs.difference(), HasSubstr("source.spm"));
}

}  // namespace
}  // namespace mynah::training
