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

TEST(Material, DocumentsAreReducedInValidationToo) {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder.path());
  std::string lines;
  for (int line = 0; line < 30; ++line) {
    Json row = {{"document", ""}, {"summary", concat("Badoki ", line, ".")}};
    for (int sentence = 0; sentence < 20; ++sentence) {
      row["document"] = row["document"].get<std::string>() + concat("Baki lume ", sentence, " nobapa soki. ");
    }
    lines += row.dump() + "\n";
  }
  options.train_sets = options.valid_sets = {write_lines(folder.path() / "documents.jsonl", lines)};
  options.styles = {"sentence"};
  options.max_length = 60;
  options.vocabulary = 300;
  std::vector<std::string> said;
  const Material made =
      prepare(options, std::nullopt, Log([&](LogLevel, std::string_view line) { said.emplace_back(line); }), nullptr);
  EXPECT_NE(said.back().find("30 of 30 pairs, 30 reduced to best sentences"), std::string::npos) << said.back();
  EXPECT_TRUE(made.tokenizers.vocabulary->id(">>sentence<<"));
  EXPECT_EQ(made.validation.size(), 30U);
  for (const corpus::TextPair& pair : made.validation) {
    EXPECT_TRUE(pair.source.starts_with(">>sentence<< Baki"));
    EXPECT_LT(made.tokenizers.source->encode(pair.source).size(), 60U);
  }
  TrainingOptions second = options;
  second.model += "2";
  second.styles = {"headline"};
  second.vocabs = {(fs::path(options.model) / "source.spm").string()};
  EXPECT_NE(message_of(second).find("--vocabs: its vocabulary has no piece >>headline<<"), std::string::npos)
      << message_of(second);
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
