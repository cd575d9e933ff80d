#include "training/material.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "small_corpus.h"

namespace mynah::training {
namespace {

namespace fs = std::filesystem;

std::string message_of(const TrainingOptions& options) {
  try {
    prepare(options, std::nullopt, {}, nullptr);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Material, TokenizersAreTrainedTheCorpusIsPreparedAndBothAreFoundAgain) {
  const TemporaryFolder folder;
  const TrainingOptions options = small_run(folder.path());
  std::vector<std::string> said;
  const Log log([&](LogLevel, std::string_view line) { said.emplace_back(line); });
  const Material made = prepare(options, std::nullopt, log, nullptr);
  EXPECT_EQ(made.languages.source, "xa");
  EXPECT_EQ(made.tokenizers.vocabulary->size(), 331);
  EXPECT_EQ(made.cache->size(), 600u);
  EXPECT_EQ(made.validation.size(), 20u);
  EXPECT_NE(said.back().find("600 of 600 pairs"), std::string::npos) << said.back();
  const Material again = reopen(options, {});
  EXPECT_EQ(again.tokenizers.vocabulary->size(), 331);
  EXPECT_TRUE(std::ranges::equal(again.cache->target(5), made.cache->target(5)));
  EXPECT_EQ(again.validation[3].source, made.validation[3].source);
}

TEST(Material, GivenTokenizersAreTaken) {
  const TemporaryFolder folder;
  const TrainingOptions first = small_run(folder.path(), "first");
  prepare(first, std::nullopt, {}, nullptr);
  TrainingOptions second = small_run(folder.path(), "second");
  second.vocabs = {(fs::path(first.model) / "source.spm").string()};
  prepare(second, std::nullopt, {}, nullptr);
  EXPECT_EQ(bytes_of(fs::path(first.model) / "vocab.json"), bytes_of(fs::path(second.model) / "vocab.json"));
}

TEST(Material, WhatIsWrongWithTheDataIsNamed) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.train_sets[0] = (folder.path() / "missing.xa").string();
  EXPECT_NE(message_of(options).find("missing.xa"), std::string::npos);
  options.train_sets[0] = folder.path().string();
  EXPECT_NE(message_of(options).find(folder.path().string()), std::string::npos);
  options = small_run(folder.path());
  options.train_sets[1] = write_lines(folder.path() / "short.xb", "eins\nzwei\n");
  EXPECT_NE(message_of(options).find("600"), std::string::npos) << message_of(options);
  options = small_run(folder.path());
  options.train_sets = {write_lines(folder.path() / "empty.xa", ""), write_lines(folder.path() / "empty.xb", "")};
  EXPECT_NE(message_of(options), "");
  options = small_run(folder.path());
  options.vocabulary = 20000;
  EXPECT_NE(message_of(options).find("20000"), std::string::npos) << message_of(options);
  options = small_run(folder.path());
  options.valid_sets = {options.train_sets[0]};
  EXPECT_NE(message_of(options).find("--valid-sets"), std::string::npos);
  options.valid_sets = {write_lines(folder.path() / "none.xa", ""), write_lines(folder.path() / "none.xb", "")};
  EXPECT_NE(message_of(options).find("--valid-sets"), std::string::npos);
}

TEST(Material, HeldOutPairsAreAccountedFor) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.valid_sets.clear();
  options.hold_out = 20;
  std::vector<std::string> said;
  prepare(options, std::nullopt, Log([&](LogLevel, std::string_view line) { said.emplace_back(line); }), nullptr);
  EXPECT_EQ(std::count(said.begin(), said.end(), "Corpus: 580 of 600 pairs, 20 held out"), 1) << said.back();
}

TEST(Material, CorporaThatCannotBeAreRefusedBeforeAnythingIsSaid) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  options.train_sets = {"a", "b", "c"};
  std::vector<std::string> said;
  EXPECT_THROW(prepare(options, std::nullopt, Log([&](LogLevel, std::string_view line) { said.emplace_back(line); }), nullptr),
               UsageError);
  EXPECT_TRUE(said.empty()) << said.front();
  EXPECT_FALSE(fs::exists(options.model));
}

TEST(Material, AccountsBecomeJson) {
  const Json json = account_to_json({.read = 10, .kept = 7, .held_out = 1, .left_out = {{"empty", 2}}});
  EXPECT_EQ(json.dump(), R"({"pairs_read":10,"pairs_kept":7,"pairs_held_out":1,"pairs_left_out":{"empty":2}})");
}

}  // namespace
}  // namespace mynah::training
