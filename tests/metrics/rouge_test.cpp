#include "metrics/rouge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "base/random.h"
#include "stored_rouge.h"
#include "text/utf8.h"

namespace mynah::metrics {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

RougeScores rouge_of(std::string_view summary, std::string_view reference) {
  RougeTokenizer tokenizer(RougeTokens::words);
  return rouge(summary, reference, tokenizer);
}

void expect_overlap(const Overlap& overlap, double precision, double recall) {
  EXPECT_NEAR(overlap.precision, precision, 1e-12);
  EXPECT_NEAR(overlap.recall, recall, 1e-12);
  EXPECT_NEAR(overlap.f, precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0, 1e-12);
}

TEST(Rouge, CountsSharedWordsPairsAndSubsequences) {
  const RougeScores scores = rouge_of("the cat sat on a mat", "a cat was on the mat today");
  expect_overlap(scores[0], 5.0 / 6, 5.0 / 7);
  expect_overlap(scores[1], 0, 0);
  expect_overlap(scores[2], 3.0 / 6, 3.0 / 7);  // cat on mat
  expect_overlap(scores[3], 3.0 / 6, 3.0 / 7);
}

TEST(Rouge, ClipsRepeatedWords) { expect_overlap(rouge_of("the the the the", "the cat and the dog")[0], 2.0 / 4, 2.0 / 5); }

// The example of Lin (2004), section 3.2: the union of w1 w2 and w1 w3 w5.
TEST(Rouge, LsumUnitesTheSubsequencesOfAllSummarySentences) {
  const RougeScores scores = rouge_of("w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", "w1 w2 w3 w4 w5");
  expect_overlap(scores[3], 4.0 / 10, 4.0 / 5);
}

TEST(Rouge, LsumCountsAWordNoMoreOftenThanTheSummaryHasIt) {
  const RougeScores scores = rouge_of("x1", "x1 y1\nx1 y2\nx1 y3");
  expect_overlap(scores[3], 1, 1.0 / 6);
}

TEST(Rouge, IsZeroInDegenerateCases) {
  for (const auto& [summary, reference] : {std::pair("", "a b"), {"a b", ""}, {"", ""}, {"\n\n", "a"}, {"?!", "..."}}) {
    for (const Overlap& overlap : rouge_of(summary, reference)) expect_overlap(overlap, 0, 0);
  }
  const RougeScores one_word = rouge_of("word", "word");
  expect_overlap(one_word[0], 1, 1);
  expect_overlap(one_word[1], 0, 0);
  expect_overlap(one_word[3], 1, 1);
}

std::size_t longest(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return 0;
  if (a.back() == b.back()) return 1 + longest(a.substr(0, a.size() - 1), b.substr(0, b.size() - 1));
  return std::max(longest(a.substr(0, a.size() - 1), b), longest(a, b.substr(0, b.size() - 1)));
}

TEST(Rouge, LFindsALongestSubsequence) {
  Random random(5);
  const auto draw = [&](std::string& letters, std::string& text) {
    for (std::size_t count = random.below(9); count > 0; --count) {
      letters.push_back(static_cast<char>('a' + random.below(3)));
      text.append(1, letters.back()).append(" ");
    }
  };
  for (int trial = 0; trial < 200; ++trial) {
    std::string a, b, a_text, b_text;
    draw(a, a_text);
    draw(b, b_text);
    const double expected = a.empty() ? 0 : static_cast<double>(longest(a, b)) / static_cast<double>(a.size());
    EXPECT_NEAR(rouge_of(a_text, b_text)[2].precision, expected, 1e-12) << a << " " << b;
  }
}

TEST(RougeReport, TakesTheBestReferenceAndTheMean) {
  const std::vector<std::string> summaries{"a b", "c"};
  const std::vector<std::vector<std::string>> references{{"a b", "x y", "a z"}, {"c"}};
  const RougeReport report = rouge(summaries, references, RougeTokens::words);
  EXPECT_NEAR(report.best[0], 100, 1e-9);
  EXPECT_NEAR(report.mean[0], 100 * ((1 + 0 + 0.5) / 3 + 1) / 2, 1e-9);
  EXPECT_NEAR(report.best[1], 50, 1e-9);
  EXPECT_EQ(report.summaries, 2U);
  EXPECT_EQ(report.references, 4U);
}

TEST(RougeReport, OfNothingIsZero) { EXPECT_EQ(rouge({}, {}, RougeTokens::words).best[0], 0); }

TEST(RougeReport, RefusesReferencesThatDoNotFit) {
  const std::vector<std::string> summaries{"a", "b"};
  const std::vector<std::vector<std::string>> one{{"a"}}, none{{"a"}, {}};
  EXPECT_THAT([&] { rouge(summaries, one, RougeTokens::words); }, ThrowsMessage<Error>(HasSubstr("2 summaries and 1 lists")));
  EXPECT_THAT([&] { rouge(summaries, none, RougeTokens::words); }, ThrowsMessage<Error>(HasSubstr("summary 2 has no")));
}

TEST(RougeMetric, ChoosesTokensByLanguageElseByScript) {
  const std::vector<std::string> lines{"基于方法"};
  EXPECT_EQ(rouge("rouge1", lines, lines, {}).signature, "nrefs:1|stem:porter|tok:characters|version:0.1.2-mynah");
  EXPECT_EQ(rouge("rouge1", lines, lines, {"", false, "en"}).value, 0);
  EXPECT_NEAR(rouge("rouge2", lines, lines, {"", false, "zh"}).value, 100, 1e-9);
}

/// What the stored figures take for a summary: the beginning of the document, a line for each clause.
std::string beginning(const std::string& document) {
  std::string result;
  for (const char byte : first_code_points(document, 300)) {
    if (byte == ' ' && result.ends_with(',')) {
      result.push_back('\n');
    } else {
      result.push_back(byte);
    }
  }
  return result;
}

TEST(RougeReport, EqualsTheStoredScoresOfThePackage) {
  const char* folder = std::getenv("MYNAH_TEST_DATA");
  if (folder == nullptr) GTEST_SKIP() << "MYNAH_TEST_DATA does not name the folder of larger texts";
  for (const StoredRouge& stored : kStoredRouge) {
    LineReader reader(concat(folder, "/summarization/", stored.file));
    std::vector<std::string> summaries;
    std::vector<std::vector<std::string>> references;
    for (std::string line; summaries.size() < stored.rows && reader.next(line);) {
      const auto row = nlohmann::json::parse(line);
      summaries.push_back(beginning(row.at("document")));
      references.push_back(row.contains("references") ? row.at("references").get<std::vector<std::string>>()
                                                      : std::vector<std::string>{row.at("summary")});
    }
    const RougeReport report = rouge(summaries, references, stored.characters ? RougeTokens::characters : RougeTokens::words);
    for (std::size_t metric = 0; metric < kRougeNames.size(); ++metric) {
      EXPECT_NEAR(report.best[metric], stored.best[metric], 0.00005) << stored.file << " " << kRougeNames[metric];
      EXPECT_NEAR(report.mean[metric], stored.mean[metric], 0.00005) << stored.file << " " << kRougeNames[metric];
    }
  }
}

}  // namespace
}  // namespace mynah::metrics
