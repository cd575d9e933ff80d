#include "inference/account.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace mynah::inference {
namespace {

Generated line(std::size_t sentences, bool complete = true) {
  Generated made;
  made.complete = complete;
  for (std::size_t i = 0; i < sentences; ++i) {
    made.parts.push_back({"source", "", {"▁a", "b"}, {{"text", 0, {"x"}, {}, {}, i > 0}}, {}});
  }
  return made;
}

TEST(Account, CountsLinesAndWhatIsInThem) {
  Account account;
  account.add(line(0));
  account.add(line(2));
  Generated repaired = line(1);
  repaired.repairs.nul = 3;
  repaired.split_sentences = 1;
  account.add(repaired);
  EXPECT_EQ(account.lines, 3U);
  EXPECT_EQ(account.blank_lines, 1U);
  EXPECT_EQ(account.sentences, 3U);
  EXPECT_EQ(account.source_tokens, 9U);
  EXPECT_EQ(account.target_tokens, 6U);
  EXPECT_EQ(account.unfinished, 2U);
  EXPECT_EQ(account.split_sentences, 1U);
  EXPECT_EQ(account.repaired_lines, 1U);
  EXPECT_EQ(account.repairs.nul, 3U);
}

TEST(Account, PiecesAreOneLine) {
  Account account;
  Generated piece = line(1, false);
  piece.repairs.invalid = 1;
  account.add(piece);
  EXPECT_EQ(account.lines, 0U);
  account.add(line(0, false));
  account.add(piece);
  account.add(line(0));
  EXPECT_EQ(account.lines, 1U);
  EXPECT_EQ(account.blank_lines, 0U);
  EXPECT_EQ(account.repaired_lines, 1U);
  account.add(line(0));
  EXPECT_EQ(account.blank_lines, 1U);
  EXPECT_EQ(account.repaired_lines, 1U);
}

TEST(Account, AddsUpAndGoesThroughJson) {
  Account account;
  account.add(line(2));
  account.elapsed_seconds = 1.5;
  Account sum = account;
  sum += account;
  EXPECT_EQ(sum.sentences, 4U);
  EXPECT_EQ(sum.elapsed_seconds, 3);
  const Account read = account_from_json(to_json(sum));
  EXPECT_EQ(to_json(read), to_json(sum));
  EXPECT_EQ(read.target_tokens, sum.target_tokens);
  EXPECT_THROW(account_from_json(Json::object()), Json::exception);
}

TEST(Account, WhatWasReadOfDocumentsSurvivesJson) {
  Account account;
  EXPECT_FALSE(to_json(account).contains("read")) << "lines were translated";
  account.read.documents = 2;
  account.read.sentences_read = 7;
  Account again = account_from_json(to_json(account));
  again += account;
  EXPECT_EQ(again.read.documents, 4U);
  EXPECT_EQ(again.read.sentences_read, 14U);
}

}  // namespace
}  // namespace mynah::inference
