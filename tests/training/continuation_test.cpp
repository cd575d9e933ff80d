#include "training/continuation.h"

#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "temporary_folder.h"
#include "training/checkpoint.h"

namespace mynah::training {
namespace {

TrainingOptions begun() {
  TrainingOptions options;
  options.model = "model";
  options.train_sets = {"/data/a.en", "/data/a.de"};
  options.dim_emb = 128;
  return options;
}

TEST(Continuation, OptionsAreStoredWithTheCheckpoint) {
  const TemporaryFolder folder;
  EXPECT_FALSE(stored_options(folder.path()).has_value());
  CheckpointFolder(folder.path() / "checkpoint")
      .save({.weights = {},
             .smoothed = {},
             .optimizer = {},
             .state = std::make_shared<const Json>(Json{{"options", effective_options(begun())}})},
            1, {});
  const auto stored = stored_options(folder.path());
  ASSERT_TRUE(stored.has_value());
  TrainingOptions back;
  OptionList list;
  list_options(back, list);
  options_from_json(list, *stored, "state.json");
  EXPECT_EQ(back.train_sets, begun().train_sets);
  EXPECT_EQ(back.dim_emb, 128);
  EXPECT_EQ(back.model, "");  // where it stands is not part of it: the folder may have been moved
}

TEST(Continuation, WhatCannotChangeAnyMoreIsRefused) {
  const Json stored = effective_options(begun());
  const auto refuses = [&](const char* flag, const std::function<void(TrainingOptions&)>& change) {
    TrainingOptions options = begun();
    change(options);
    try {
      check_changes(stored, options, {});
      ADD_FAILURE() << flag << " was accepted";
    } catch (const UsageError& error) {
      EXPECT_EQ(std::string(error.what()).find(flag), 0u) << error.what();
    }
  };
  refuses("--dim-emb 256 contradicts 128", [](auto& options) { options.dim_emb = 256; });
  refuses("--seed 2 contradicts 1", [](auto& options) { options.seed = 2; });
  refuses("--train-sets", [](auto& options) { options.train_sets = {"/data/b.en", "/data/b.de"}; });
  refuses("--mini-batch-words", [](auto& options) { options.mini_batch_words = 99; });
  refuses("--enc-depth", [](auto& options) { options.enc_depth = 2; });
}

TEST(Continuation, WhatMayChangeIsSaid) {
  std::vector<std::string> said;
  const Log log([&](LogLevel, std::string_view line) { said.emplace_back(line); });
  TrainingOptions options = begun();
  check_changes(effective_options(begun()), options, log);
  EXPECT_TRUE(said.empty());
  options.after = "200e";
  options.learn_rate = 0.001;
  options.quiet = true;
  check_changes(effective_options(begun()), options, log);
  ASSERT_EQ(said.size(), 2u);
  EXPECT_NE((said[0] + said[1]).find("--after is \"200e\"; it was \"100e\""), std::string::npos);
}

TEST(Continuation, OptionsThatCameLaterHadTheirDefaults) {
  Json stored = effective_options(begun());
  stored.erase("type");
  check_changes(stored, begun(), Log([](LogLevel, std::string_view line) { ADD_FAILURE() << line; }));
  TrainingOptions options = begun();
  options.type = "another";
  EXPECT_THROW(check_changes(stored, options, {}), UsageError);
}

TEST(Continuation, NothingIsAnnouncedWhenSomethingIsRefused) {
  std::vector<std::string> said;
  const Log log([&](LogLevel, std::string_view line) { said.emplace_back(line); });
  TrainingOptions options = begun();
  options.after = "200e";
  options.seed = 9;
  EXPECT_THROW(check_changes(effective_options(begun()), options, log), UsageError);
  EXPECT_TRUE(said.empty()) << said.front();
}

TEST(Continuation, AModelWithoutACheckpointIsNotOverwritten) {
  const TemporaryFolder folder;
  EXPECT_NO_THROW(check_new(folder.path()));
  write_lines(folder.path() / "config.json", "{}");
  EXPECT_THROW(check_new(folder.path()), Error);
}

}  // namespace
}  // namespace mynah::training
