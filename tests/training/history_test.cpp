#include "training/history.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "base/error.h"
#include "temporary_folder.h"

namespace mynah::training {
namespace {

Report report(std::int64_t update) {
  return {.standing = {.updates = update, .target_tokens = update * 3000, .epochs = 0.5, .seconds = 2},
          .cross_entropy = 5.0 / static_cast<double>(update),
          .minimised = 6.0,
          .learn_rate = 0.001,
          .gradient_norm = 0.7,
          .tokens_per_second = 4000};
}

std::vector<Json> lines_of(const TemporaryFolder& folder) {
  std::istringstream text(bytes_of(folder.path() / "history.jsonl"));
  std::vector<Json> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(Json::parse(line));
  return lines;
}

TEST(History, HasALinePerReportAndPerValidation) {
  const TemporaryFolder folder;
  History history(folder.path(), 0, 0);
  history.add(report(100));
  history.add({.updates = 100}, {{"ce-mean-words", 3.5}, {"bleu", 12}});
  const auto lines = lines_of(folder);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].at("updates"), 100);
  EXPECT_EQ(lines[0].at("cross_entropy"), 0.05);
  EXPECT_EQ(lines[0].at("tokens_per_second"), 4000);
  EXPECT_EQ(lines[1].at("validation").at("bleu"), 12);
}

TEST(History, ForgetsWhatWillBeDoneAgain) {
  const TemporaryFolder folder;
  {
    History history(folder.path(), 0, 0);
    for (const std::int64_t update : {100, 200, 300}) history.add(report(update));
    for (const std::int64_t update : {150, 200}) history.add({.updates = update}, {{"bleu", 12}});  // the last one was not saved
  }
  std::ofstream(folder.path() / "history.jsonl", std::ios::app) << "{\"updates\": 250, \"cut off";
  History again(folder.path(), 200, 150);
  again.add(report(250));
  const auto lines = lines_of(folder);
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[1].at("updates"), 200);
  EXPECT_EQ(lines[2].at("updates"), 150);
  EXPECT_TRUE(lines[2].contains("validation"));
  EXPECT_EQ(lines[3].at("updates"), 250);
}

TEST(History, ANewRunBeginsAnew) {
  const TemporaryFolder folder;
  History(folder.path(), 0, 0).add(report(100));
  History again(folder.path(), 0, 0);
  EXPECT_TRUE(lines_of(folder).empty());
}

TEST(History, DrawsWhatItHolds) {
  const TemporaryFolder folder;
  History history(folder.path(), 0, 0);
  for (const std::int64_t update : {100, 200}) history.add(report(update));
  history.add({.updates = 200}, {{"ce-mean-words", 3.5}, {"bleu", 12}, {"perplexity", 33}});
  history.draw();
  const std::string svg = bytes_of(folder.path() / "curves.svg");
  for (const char* word : {"<svg", "training", "validation", "bleu", "Learning rate"}) {
    EXPECT_NE(svg.find(word), std::string::npos) << word;
  }
  EXPECT_EQ(svg.find("perplexity"), std::string::npos);
}

TEST(History, WhatCannotBeWrittenIsAnError) {
  const TemporaryFolder folder;
  History history(folder.path(), 0, 0);
  std::filesystem::remove(folder.path() / "history.jsonl");
  std::filesystem::create_directory(folder.path() / "history.jsonl");
  EXPECT_THROW(history.add(report(1)), Error);
}

}  // namespace
}  // namespace mynah::training
