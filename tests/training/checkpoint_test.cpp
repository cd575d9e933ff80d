#include "training/checkpoint.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "temporary_folder.h"

namespace mynah::training {
namespace {

namespace fs = std::filesystem;

model::Weights weights(float value) { return {{"table", model::make_array(std::vector<float>(6, value), {2, 3})}}; }

Checkpoint checkpoint(float value) {
  return {.weights = weights(value),
          .smoothed = {},
          .optimizer = {{"adam.steps", model::make_array(std::vector<float>{value}, {1})}},
          .state = std::make_shared<const Json>(Json{{"value", value}})};
}

std::set<std::string> files(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

std::string message_of_loading(const fs::path& folder) {
  try {
    CheckpointFolder(folder).load();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Checkpoint, ComesBackAsItWas) {
  const TemporaryFolder folder;
  CheckpointFolder checkpoints(folder.path() / "checkpoint");
  EXPECT_FALSE(checkpoints.has_checkpoint());
  checkpoints.save(checkpoint(1.5f), 7, {.kept = 0});
  ASSERT_TRUE(checkpoints.has_checkpoint());
  const Checkpoint back = checkpoints.load();
  EXPECT_EQ(model::to_float(back.weights.at("table")), std::vector<float>(6, 1.5f));
  EXPECT_EQ(model::to_float(back.optimizer.at("adam.steps")), std::vector<float>{1.5f});
  EXPECT_EQ(back.state->at("value"), 1.5);
}

TEST(Checkpoint, OnlyFilesThatAreNamedStay) {
  const TemporaryFolder folder;
  CheckpointFolder checkpoints(folder.path());
  std::ofstream(folder.path() / "corpus.ids") << "not ours";
  for (int update = 1; update <= 3; ++update) checkpoints.save(checkpoint(static_cast<float>(update)), update, {.kept = 1});
  EXPECT_EQ(files(folder.path()),
            (std::set<std::string>{"corpus.ids", "state.json", "weights-3.safetensors", "optimizer-3.safetensors"}));
}

TEST(Checkpoint, KeepsTheWeightsOfTheLastOnes) {
  const TemporaryFolder folder;
  CheckpointFolder checkpoints(folder.path());
  for (int update = 1; update <= 5; ++update) {
    Checkpoint one = checkpoint(static_cast<float>(update));
    one.smoothed = weights(static_cast<float>(update) * 10);
    checkpoints.save(one, update, {.kept = 3});
  }
  const auto recent = checkpoints.recent_weights();
  ASSERT_EQ(recent.size(), 3u);
  EXPECT_EQ(recent.front().filename(), "smoothed-3.safetensors");
  EXPECT_EQ(recent.back().filename(), "smoothed-5.safetensors");
  EXPECT_EQ(files(folder.path()).size(), 6u);
}

TEST(Checkpoint, TheSameUpdateTwiceIsKeptOnce) {
  const TemporaryFolder folder;
  CheckpointFolder checkpoints(folder.path());
  checkpoints.save(checkpoint(1), 1, {.kept = 3});
  checkpoints.save(checkpoint(1), 1, {.kept = 3});
  EXPECT_EQ(checkpoints.recent_weights().size(), 1u);
}

TEST(Checkpoint, OneOutOfTurnIsReadBackButNotAmongTheLast) {
  for (const bool smooth : {false, true}) {
    const TemporaryFolder folder;
    CheckpointFolder checkpoints(folder.path());
    for (const int update : {0, 5, 7, 10, 11}) {
      Checkpoint one = checkpoint(static_cast<float>(update));
      if (smooth) one.smoothed = weights(static_cast<float>(update) * 10);
      checkpoints.save(one, update, {.kept = 3, .joins = update > 0 && update % 5 == 0});
    }
    const auto recent = checkpoints.recent_weights();
    ASSERT_EQ(recent.size(), 2u);
    EXPECT_EQ(recent.front().filename(), smooth ? "smoothed-5.safetensors" : "weights-5.safetensors");
    EXPECT_EQ(recent.back().filename(), smooth ? "smoothed-10.safetensors" : "weights-10.safetensors");
    EXPECT_EQ(model::to_float(checkpoints.load().weights.at("table"))[0], 11.0f);
    EXPECT_EQ(files(folder.path()).size(), 5u);
    for (const auto& path : recent) EXPECT_TRUE(fs::exists(path)) << path;
  }
}

TEST(Checkpoint, WritingOutOfTurnWhatHasJoinedLeavesItThere) {
  const TemporaryFolder folder;
  CheckpointFolder checkpoints(folder.path());
  checkpoints.save(checkpoint(5), 5, {.kept = 2});
  checkpoints.save(checkpoint(5), 5, {.kept = 2, .joins = false});
  EXPECT_EQ(checkpoints.recent_weights().size(), 1u);
}

TEST(Checkpoint, WhenWritingFailsTheEarlierOneIsWhole) {
  const TemporaryFolder folder;
  CheckpointFolder checkpoints(folder.path());
  checkpoints.save(checkpoint(1), 1, {.kept = 1});
  // The optimizer's file of update 2 cannot be written: a folder has its name.
  fs::create_directories(folder.path() / "optimizer-2.safetensors" / "in the way");
  EXPECT_THROW(checkpoints.save(checkpoint(2), 2, {.kept = 1}), Error);
  EXPECT_EQ(checkpoints.load().state->at("value"), 1.0);
  EXPECT_EQ(model::to_float(checkpoints.load().weights.at("table"))[0], 1.0f);
}

TEST(Checkpoint, DamageIsNamed) {
  const TemporaryFolder folder;
  CheckpointFolder checkpoints(folder.path());
  checkpoints.save(checkpoint(1), 1, {.kept = 1});
  fs::resize_file(folder.path() / "weights-1.safetensors", 40);
  EXPECT_NE(message_of_loading(folder.path()).find("weights-1.safetensors"), std::string::npos);
  fs::remove(folder.path() / "weights-1.safetensors");
  EXPECT_NE(message_of_loading(folder.path()).find("weights-1.safetensors"), std::string::npos);
  std::ofstream(folder.path() / "state.json") << "{\"version\": 1";
  EXPECT_NE(message_of_loading(folder.path()).find("state.json"), std::string::npos);
  std::ofstream(folder.path() / "state.json") << "{\"version\": 1}";
  EXPECT_NE(message_of_loading(folder.path()).find("\"weights\" is missing"), std::string::npos);
  std::ofstream(folder.path() / "state.json") << "{\"version\": 99}";
  EXPECT_NE(message_of_loading(folder.path()).find("version 1, found 99"), std::string::npos);
}

}  // namespace
}  // namespace mynah::training
