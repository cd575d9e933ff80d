#include "training/trial.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "small_corpus.h"
#include "training/trainer.h"

namespace mynah::training {
namespace {

namespace fs = std::filesystem;

std::int64_t lines_in(const std::string& path) {
  const std::string text = bytes_of(path);
  return std::count(text.begin(), text.end(), '\n');
}

TEST(ScratchFolder, StandsBesideTheModelAndGoes) {
  const TemporaryFolder folder;
  fs::path path;
  {
    const ScratchFolder scratch(folder.path() / "models/en-de/");
    path = scratch.path();
    EXPECT_EQ(path.parent_path(), folder.path() / "models");
    EXPECT_TRUE(path.filename().string().starts_with("en-de.verify-resume-"));
    write_lines(path / "file", "x");
  }
  EXPECT_FALSE(fs::exists(path));
  EXPECT_FALSE(fs::exists(folder.path() / "models/en-de"));
  EXPECT_EQ(ScratchFolder("").path().parent_path(), fs::temp_directory_path());
}

TEST(ScratchFolder, PlacesThatCannotBeWrittenAreErrors) {
  const TemporaryFolder folder;
  write_lines(folder.path() / "file", "");
  EXPECT_THROW(ScratchFolder(folder.path() / "file/model"), Error);
}

TEST(Trial, HasTheUsersOptionsOnTheirFirstPairs) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.dropout = 0.3;
  options.early_stopping = 2;
  const TrainingOptions trial = trial_options(options, folder.path());
  EXPECT_EQ(trial.dropout, 0.3);
  EXPECT_EQ(trial.early_stopping, 0) << "it shall come to its end";
  EXPECT_EQ(trial.source_lang, "xa");
  EXPECT_EQ(bytes_of(trial.train_sets[0]), bytes_of(options.train_sets[0])) << "600 pairs are few";
  EXPECT_EQ(lines_in(trial.valid_sets[1]), 16);
  EXPECT_TRUE(trial.vocabs.empty());
  const Json configuration = trial_configuration(trial, 40);
  EXPECT_EQ(configuration.at("after"), "40u");
  EXPECT_EQ(configuration.at("save_freq"), "10u");
  EXPECT_EQ(configuration.at("vocabulary"), 330);
  EXPECT_FALSE(configuration.contains("verify_resume"));
}

TEST(Trial, ReadsTablesAndLeavesOutEmptyPairs) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.train_sets = {write_lines(folder.path() / "a.tsv", "x\tone\teins\nx\t\tleer\nx\ttwo\tzwei\nx\n")};
  options.fields = {"2", "3"};
  options.valid_sets.clear();
  const TrainingOptions trial = trial_options(options, folder.path());
  EXPECT_EQ(bytes_of(trial.train_sets[0]), "one\ntwo\n");
  EXPECT_EQ(bytes_of(trial.train_sets[1]), "eins\nzwei\n");
  EXPECT_TRUE(trial.fields.empty());
  EXPECT_EQ(trial.hold_out, 16);
}

TEST(Trial, ACorpusOfManyPairsIsNotReadWhole) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  std::string many;
  for (int line = 0; line < 30'000; ++line) many += std::to_string(line) + "\tx\n";
  options.train_sets = {write_lines(folder.path() / "many.tsv", many)};
  EXPECT_EQ(lines_in(trial_options(options, folder.path()).train_sets[0]), 20'000);
  options.vocabulary = 5'000;
  EXPECT_EQ(lines_in(trial_options(options, folder.path()).train_sets[0]), 25'000);
}

TEST(Trial, AModelLendsItsTokenizers) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.after = "1u";
  Trainer(options, Log(), nullptr).run();
  const TrainingOptions trial = trial_options(options, folder.path());
  EXPECT_EQ(trial.vocabs, tokenizers_in(options.model));
  EXPECT_EQ(trial_configuration(trial, 10).at("vocabulary"), TrainingOptions{}.vocabulary) << "else it contradicts --vocabs";
}

}  // namespace
}  // namespace mynah::training
