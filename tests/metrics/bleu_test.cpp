#include "metrics/bleu.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"

namespace mynah::metrics {
namespace {

using Lines = std::vector<std::string>;

double bleu_of(const Lines& hypotheses, const Lines& references, const std::string& tokenize = "13a") {
  return bleu(hypotheses, references, {tokenize, false, ""}).value;
}

TEST(Bleu, IsTheGeometricMeanOfTheFourPrecisions) {
  // Shared of the hypothesis' n-grams, by hand: 7 of 8, 4 of 7, 2 of 6, 1 of 5.
  const Lines hypothesis{"a b c d x f g h"}, reference{"a b c d f h g e"};
  const double expected = 100 * std::pow(7.0 / 8 * 3 / 7 * 2 / 6 * 1 / 5, 0.25);
  EXPECT_NEAR(bleu_of(hypothesis, reference), expected, 1e-9);
}

TEST(Bleu, ClipsRepeatedWords) {
  const Score score = bleu(Lines{"the the the the the the the"}, Lines{"the cat is on the mat"}, {"none", false, ""});
  EXPECT_EQ(score.detail.substr(0, 5), "28.6/");  // 2 of 7
}

TEST(Bleu, SumsCountsOverTheCorpusBeforeDividing) {
  const Lines hypotheses{"a b c d", "x"}, references{"a b c d", "y"};
  EXPECT_NEAR(bleu_of(hypotheses, references), 100 * std::pow(4.0 / 5, 0.25), 1e-9);
}

TEST(Bleu, PunishesBrevityAndNotLength) {
  EXPECT_NEAR(bleu_of({"a b c d e"}, {"a b c d e f g h"}), 100 * std::exp(1 - 8.0 / 5), 1e-9);
  const Score longer = bleu(Lines{"a b c d e f"}, Lines{"a b c d e"}, {});
  EXPECT_NE(longer.detail.find("BP = 1.000 ratio = 1.200 hyp_len = 6 ref_len = 5"), std::string::npos) << longer.detail;
}

TEST(Bleu, SmoothsOrdersWithoutMatchByHalvingAgain) {
  // Matches: 3 of 4, 1 of 3, then none of 2 and none of 1, which count as a half and a quarter.
  const double expected = 100 * std::pow(3.0 / 4 * 1 / 3 * 0.5 / 2 * 0.25 / 1, 0.25);
  EXPECT_NEAR(bleu_of({"a b x c"}, {"a b c d"}), expected, 1e-9);
}

TEST(Bleu, IsZeroInDegenerateCases) {
  EXPECT_EQ(bleu_of({""}, {"a b c d"}), 0);
  EXPECT_EQ(bleu_of({"a b c d"}, {""}), 0);
  EXPECT_EQ(bleu_of({""}, {""}), 0);
  EXPECT_EQ(bleu_of({"a b c d e"}, {"v w x y z"}), 0);
  EXPECT_EQ(bleu_of({"word"}, {"word"}), 0) << "there are no n-grams of order two, and orders are never left out";
  EXPECT_EQ(bleu(Lines{""}, Lines{"a b c d"}, {}).detail, "0.0/0.0/0.0/0.0 (BP = 0.000 ratio = 0.000 hyp_len = 0 ref_len = 4)");
}

TEST(Bleu, LowerCasesByUnicodeWhenAsked) {
  const Lines upper{"ÄRGER IN DER GROẞEN STRASSE"}, lower{"ärger in der großen strasse"};
  EXPECT_EQ(bleu(upper, lower, {"13a", false, ""}).value, 0);
  EXPECT_NEAR(bleu(upper, lower, {"13a", true, ""}).value, 100, 1e-9);
}

TEST(Bleu, SignsWhatItDid) {
  const Lines line{"a b c d"};
  EXPECT_EQ(bleu(line, line, {}).signature, "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.5.1-mynah");
  EXPECT_EQ(bleu(line, line, {"intl", true, ""}).signature, "nrefs:1|case:lc|eff:no|tok:intl|smooth:exp|version:2.5.1-mynah");
}

TEST(Bleu, ChoosesTheTokenizationByTargetLanguageWhenNoneIsNamed) {
  const Lines line{"a b c d"};
  EXPECT_NE(bleu(line, line, {"", false, "zh"}).signature.find("tok:zh"), std::string::npos);
  EXPECT_NE(bleu(line, line, {"", false, "de"}).signature.find("tok:13a"), std::string::npos);
  EXPECT_NE(bleu(line, line, {"none", false, "zh"}).signature.find("tok:none"), std::string::npos);
}

TEST(Bleu, RefusesAnUnknownTokenization) {
  const Lines line{"a b c d"};
  EXPECT_THROW(bleu(line, line, {"14a", false, ""}), UsageError);
}

}  // namespace
}  // namespace mynah::metrics
