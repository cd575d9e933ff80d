#include "metrics/chrf.h"

#include <gtest/gtest.h>

namespace mynah::metrics {
namespace {

using Lines = std::vector<std::string>;

double chrf_of(const Lines& hypotheses, const Lines& references, int word_order = 0) {
  return chrf(hypotheses, references, word_order, {}).value;
}

double f2(double precision, double recall) { return 100 * 5 * precision * recall / (4 * precision + recall); }

TEST(Chrf, AveragesOverTheOrdersThatBothSidesHave) {
  // "abc" and "abd" share 2 of 3, 1 of 2 and 0 of 1 n-grams; orders four to six do not exist.
  EXPECT_NEAR(chrf_of({"abc"}, {"abd"}), 100 * (2.0 / 3 + 1.0 / 2 + 0) / 3, 1e-9);
}

TEST(Chrf, WeighsRecallTwice) {
  // "ab" in "abcd": precision 1 in orders one and two; recall 2/4 and 1/3.
  EXPECT_NEAR(chrf_of({"ab"}, {"abcd"}), f2(1, (2.0 / 4 + 1.0 / 3) / 2), 1e-9);
}

TEST(Chrf, LeavesWhiteSpaceOut) { EXPECT_NEAR(chrf_of({"a b\tc\u3000d"}, {"ab cd"}), 100, 1e-9); }

TEST(Chrf, CountsCodePointsNotBytes) { EXPECT_NEAR(chrf_of({"äöx"}, {"äöy"}), chrf_of({"abx"}, {"aby"}), 1e-9); }

TEST(Chrf, PlusPlusAddsWordsOfOrdersOneAndTwo) {
  // Characters: all shared in orders one to three. Words: "a" and "bc" against "ab" and "c": none shared.
  EXPECT_NEAR(chrf_of({"a bc"}, {"ab c"}), 100, 1e-9);
  EXPECT_NEAR(chrf_of({"a bc"}, {"ab c"}, 2), 100 * 3.0 / 5, 1e-9);
}

TEST(Chrf, PlusPlusSplitsOneMarkOffAWord) {
  // "(hi)" is "(hi" and ")", so it shares one word of two with "hi)"; characters and word pairs as counted.
  const double characters = f2((3.0 / 4 + 2.0 / 3 + 1.0 / 2) / 3, 1);
  EXPECT_NEAR(chrf_of({"(hi)"}, {"hi)"}), characters, 1e-9);
  const double precision = (3.0 / 4 + 2.0 / 3 + 1.0 / 2 + 1.0 / 2 + 0) / 5, recall = (1 + 1 + 1 + 1.0 / 2 + 0) / 5;
  EXPECT_NEAR(chrf_of({"(hi)"}, {"hi)"}, 2), f2(precision, recall), 1e-9);
}

TEST(Chrf, IgnoresHypothesesWithoutReference) { EXPECT_NEAR(chrf_of({"same words", "more"}, {"same words", ""}), 100, 1e-9); }

TEST(Chrf, IsZeroOrWholeInDegenerateCases) {
  EXPECT_EQ(chrf_of({""}, {"abc"}), 0);
  EXPECT_EQ(chrf_of({"abc"}, {""}), 0);
  EXPECT_EQ(chrf_of({""}, {""}), 0);
  EXPECT_NEAR(chrf_of({"x"}, {"x"}), 100, 1e-9);
  EXPECT_NEAR(chrf_of({"x"}, {"x"}, 2), 100, 1e-9);
}

TEST(Chrf, SignsWhatItDid) {
  const Lines line{"a"};
  EXPECT_EQ(chrf(line, line, 0, {}).signature, "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.5.1-mynah");
  const Score lower = chrf(Lines{"ÄB"}, Lines{"äb"}, 2, {"13a", true, ""});
  EXPECT_EQ(lower.signature, "nrefs:1|case:lc|eff:yes|nc:6|nw:2|space:no|version:2.5.1-mynah");
  EXPECT_NEAR(lower.value, 100, 1e-9);
}

}  // namespace
}  // namespace mynah::metrics
