#include "corpus/check_report.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace mynah::corpus {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const Source kFiles{{"a.en", "a.de"}, {}}, kTable{{"b.tsv"}, {}};

CheckedPair pair_of(std::uint64_t line, std::vector<Found> found, std::string source = "good day",
                    std::string target = "guten Tag") {
  CheckedPair pair{{std::move(source), std::move(target), line}, ""};
  pair.found = std::move(found);
  return pair;
}

CheckReport sample() {
  CheckAccount account(2, {Fault::empty, Fault::mojibake});
  account.begin_corpus(kFiles);
  EXPECT_TRUE(account.add(pair_of(1, {})));
  EXPECT_FALSE(account.add(pair_of(2, {{Fault::mojibake, "target: Ã¤"}, {Fault::empty, "source"}})));
  EXPECT_TRUE(account.add(pair_of(3, {{Fault::tag, "source: <b>"}})));
  account.begin_corpus(kTable);
  EXPECT_FALSE(account.add(pair_of(1, {{Fault::mojibake, "target: Ã¶"}})));
  account.report().languages = "en-de";
  return account.report();
}

TEST(CheckReport, CountsEveryFaultAndOneReason) {
  const CheckReport report = sample();
  const CorpusCount total = report.total();
  EXPECT_EQ(total.read, 4U);
  EXPECT_EQ(total.without_faults, 1U);
  EXPECT_EQ(total.kept, 2U);
  const auto count = [&](Fault fault) { return report.faults[static_cast<std::size_t>(fault)]; };
  EXPECT_EQ(count(Fault::mojibake).pairs, 2U);
  EXPECT_EQ(count(Fault::mojibake).left_out, 1U) << "the other one is empty first";
  EXPECT_EQ(count(Fault::empty).left_out, 1U);
  EXPECT_EQ(count(Fault::tag).left_out, 0U);
  EXPECT_EQ(report.corpora[0].faults[static_cast<std::size_t>(Fault::mojibake)], 1U);
}

TEST(CheckReport, TextShowsCountsSharesAndPlaces) {
  const std::string text = to_text(sample());
  EXPECT_THAT(text,
              AllOf(HasSubstr("Checked 4 pairs en-de"), HasSubstr("left out            2 (50.0 %)"),
                    HasSubstr("a.en, a.de: 3 pairs, 2 kept"), HasSubstr("a.de, line 2 (target: Ã¤)\n    good day\n    guten Tag"),
                    HasSubstr("b.tsv, line 1"), HasSubstr("a.en, line 3 (source: <b>)"), HasSubstr("Not found: malformed, ")));
  EXPECT_THAT(text, Not(HasSubstr("Written")));
  EXPECT_THAT(text, Not(HasSubstr("--check-memory")));
}

TEST(CheckReport, TextNamesWhatWasWrittenAndForgotten) {
  CheckReport report = sample();
  report.copies = {"out/a.en", "out/a.de"};
  report.compared = 1'234'567;
  report.not_compared = 89;
  EXPECT_THAT(to_text(report), AllOf(HasSubstr("Written: out/a.de"), HasSubstr("full after 1,234,567 pairs"),
                                     HasSubstr("later 89"), HasSubstr("--check-memory")));
}

TEST(CheckReport, JsonHoldsTheSame) {
  const Json json = to_json(sample());
  EXPECT_EQ(json.at("pairs"), 4);
  EXPECT_EQ(json.at("kept"), 2);
  EXPECT_EQ(json.at("findings").size(), kFaults);
  const Json& mojibake = json.at("findings").at("mojibake");
  EXPECT_EQ(mojibake.at("pairs"), 2);
  EXPECT_EQ(mojibake.at("share"), 0.5);
  EXPECT_EQ(mojibake.at("left_out_for_it"), 1);
  EXPECT_EQ(mojibake.at("reason_to_leave_out"), true);
  EXPECT_EQ(mojibake.at("examples").at(0).at("place"), "a.de, line 2");
  EXPECT_EQ(json.at("corpora").at(1).at("findings").at("mojibake"), 1);
  EXPECT_EQ(json.dump(), to_json(sample()).dump());
}

TEST(CheckReport, ExamplesAreAnEvenSampleInOrder) {
  CheckAccount account(200, {});
  account.begin_corpus(kTable);
  for (std::uint64_t line = 0; line < 10'000; ++line) account.add(pair_of(line, {{Fault::tag, ""}}));
  const auto& examples = account.report().faults[static_cast<std::size_t>(Fault::tag)].examples;
  ASSERT_EQ(examples.size(), 200U);
  std::array<int, 10> tenths{};
  std::uint64_t before = 0;
  for (const FaultExample& example : examples) {
    const std::uint64_t line = std::stoull(example.place.substr(example.place.rfind(' ')));
    EXPECT_GE(line, before);
    before = line;
    ++tenths[line / 1000];
  }
  for (const int tenth : tenths) EXPECT_NEAR(tenth, 20, 15);
}

TEST(CheckReport, NoExamplesWhereNoneAreWished) {
  CheckAccount account(0, {});
  account.begin_corpus(kTable);
  account.add(pair_of(1, {{Fault::tag, ""}}));
  EXPECT_TRUE(account.report().faults[static_cast<std::size_t>(Fault::tag)].examples.empty());
}

TEST(CheckReport, ExamplesAreShortAndHarmless) {
  CheckAccount account(1, {});
  account.begin_corpus(kTable);
  account.add(pair_of(1, {{Fault::nul, ""}}, std::string("a\0\x1B[31m\xFF", 8), std::string(5000, 'x')));
  const FaultExample& example = account.report().faults[static_cast<std::size_t>(Fault::nul)].examples[0];
  EXPECT_EQ(example.source, "a\u2400\u241B[31m\uFFFD");
  EXPECT_EQ(example.target, std::string(110, 'x') + " …");
}

TEST(CheckReport, NothingReadIsNoDivisionByZero) {
  EXPECT_THAT(to_text(CheckReport{}), HasSubstr("Checked 0 pairs"));
  EXPECT_EQ(to_json(CheckReport{}).at("pairs"), 0);
}

}  // namespace
}  // namespace mynah::corpus
