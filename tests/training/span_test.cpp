#include "training/span.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.h"

namespace mynah::training {
namespace {

TEST(Span, UnderstandsEveryUnit) {
  const auto is = [](const char* text, double amount, Unit unit) {
    const Span span = parse_span(text, "after");
    EXPECT_DOUBLE_EQ(span.amount, amount) << text;
    EXPECT_EQ(span.unit, unit) << text;
  };
  is("500", 500, Unit::updates);
  is("500u", 500, Unit::updates);
  is("50Ku", 50'000, Unit::updates);
  is("50K", 50'000, Unit::updates);
  is("2Gt", 2e9, Unit::target_tokens);
  is("1.5Mt", 1.5e6, Unit::target_tokens);
  is("20e", 20, Unit::epochs);
  is("0.5e", 0.5, Unit::epochs);
  is("30s", 30, Unit::seconds);
  is("90min", 5400, Unit::seconds);
  is("4h", 14'400, Unit::seconds);
  is("2d", 172'800, Unit::seconds);
}

TEST(Span, WhatIsNoSpanIsRefusedNamingTheOption) {
  for (const char* text : {"", "u", "fast", "-3u", "3m", "3 u", "1e5x", "nan", "inf", "5Tu"}) {
    try {
      parse_span(text, "valid-freq");
      ADD_FAILURE() << text << " was accepted";
    } catch (const UsageError& error) {
      EXPECT_NE(std::string(error.what()).find("--valid-freq"), std::string::npos);
    }
  }
}

TEST(Span, TheNearestOfSeveralLimitsCounts) {
  const std::vector<Span> limits = parse_limits("20e,90min,1Ku", "after");
  ASSERT_EQ(limits.size(), 3u);
  EXPECT_DOUBLE_EQ(fraction_done(limits, {.updates = 100, .epochs = 10, .seconds = 54}), 0.5);
  EXPECT_DOUBLE_EQ(fraction_done(limits, {.updates = 1000, .epochs = 10, .seconds = 54}), 1.0);
  EXPECT_DOUBLE_EQ(fraction_done({}, {.updates = 1000}), 0.0);
  EXPECT_THROW(parse_limits("20e,", "after"), UsageError);
}

TEST(Frequency, FiresOnceForEveryMultiplePassed) {
  Frequency every(parse_span("100u", "disp-freq"));
  std::vector<std::int64_t> fired;
  for (std::int64_t update = 0; update <= 350; update += 7) {
    const Standing now{.updates = update};
    if (!every.due(now)) continue;
    fired.push_back(update);
    every.done(now);
  }
  EXPECT_EQ(fired, (std::vector<std::int64_t>{105, 203, 301}));
}

TEST(Frequency, NeverForASpanOfNothing) { EXPECT_FALSE(Frequency(parse_span("0", "save-freq")).due({.updates = 1'000'000})); }

TEST(Frequency, CountsFromWhereItWasLastDone) {
  const Frequency every(parse_span("1e", "valid-freq"), {.epochs = 2.4});
  EXPECT_FALSE(every.due({.epochs = 2.9}));
  EXPECT_TRUE(every.due({.epochs = 3.1}));
}

TEST(Standing, SurvivesJson) {
  const Standing standing{.updates = 7, .target_tokens = 123'456'789'012, .epochs = 0.1, .seconds = 1.0 / 3};
  const Standing back = standing_from_json(Json::parse(to_json(standing).dump()));
  EXPECT_EQ(back.updates, 7);
  EXPECT_EQ(back.target_tokens, 123'456'789'012);
  EXPECT_EQ(back.epochs, 0.1);
  EXPECT_EQ(back.seconds, 1.0 / 3);
}

}  // namespace
}  // namespace mynah::training
