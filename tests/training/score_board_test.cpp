#include "training/score_board.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.h"

namespace mynah::training {
namespace {

using Names = std::vector<std::string>;

TEST(ScoreBoard, LossesFallAndScoresRise) {
  ScoreBoard board({"ce-mean-words", "bleu"}, 0, "first");
  EXPECT_EQ(board.add({{"ce-mean-words", 3.0}, {"bleu", 10}}), (Names{"ce-mean-words", "bleu"}));
  EXPECT_EQ(board.add({{"ce-mean-words", 2.5}, {"bleu", 9}}), Names{"ce-mean-words"});
  EXPECT_EQ(board.add({{"ce-mean-words", 2.6}, {"bleu", 11}}), Names{"bleu"});
  EXPECT_EQ(board.add({{"ce-mean-words", 2.5}, {"bleu", 11}}), Names{});
  EXPECT_EQ(board.best(), (Scores{{"ce-mean-words", 2.5}, {"bleu", 11}}));
}

TEST(ScoreBoard, StopsOnFirstAllOrAny) {
  const auto stops_after = [](const std::string& stop_on) {
    ScoreBoard board({"bleu", "chrf"}, 2, stop_on);
    // bleu stalls from the second validation on, chrf from the fifth
    const double chrf[] = {1, 2, 3, 4, 4, 4, 4, 4};
    for (int validation = 0; validation < 8; ++validation) {
      board.add({{"bleu", 20}, {"chrf", chrf[validation]}});
      if (board.should_stop()) return validation + 1;
    }
    return 0;
  };
  EXPECT_EQ(stops_after("first"), 3);
  EXPECT_EQ(stops_after("any"), 3);
  EXPECT_EQ(stops_after("all"), 6);
}

TEST(ScoreBoard, PatienceOfZeroNeverStops) {
  ScoreBoard board({"perplexity"}, 0, "any");
  for (int validation = 0; validation < 100; ++validation) board.add({{"perplexity", 5}});
  EXPECT_FALSE(board.should_stop());
}

TEST(ScoreBoard, SurvivesJson) {
  ScoreBoard board({"bleu", "chrf"}, 3, "first"), back({"bleu", "perplexity"}, 3, "first");
  for (int validation = 0; validation < 3; ++validation) board.add({{"bleu", 20}, {"chrf", 40}});
  back.restore(Json::parse(board.to_json().dump()));
  EXPECT_EQ(back.best(), (Scores{{"bleu", 20}}));
  EXPECT_FALSE(back.should_stop());
  back.add({{"bleu", 19}, {"perplexity", 5}});
  EXPECT_TRUE(back.should_stop());
}

TEST(ScoreBoard, UnknownMetricsAreRefusedWithTheKnownOnes) {
  EXPECT_NO_THROW(check_valid_metric("chrf"));
  try {
    check_valid_metric("meteor");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_NE(std::string(error.what()).find("ce-mean-words"), std::string::npos);
  }
}

}  // namespace
}  // namespace mynah::training
