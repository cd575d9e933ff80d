#include "inference/summary_scoring.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "inference/extractive_summarizer.h"

namespace mynah::inference {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

class NoProgress : public Progress {
 public:
  void update(std::uint64_t, std::uint64_t, std::string_view) override {}
  void finish() override {}
};

class SummaryScoring : public testing::Test {
 protected:
  SummaryScores score(const std::string& documents, const std::string& summaries = "") {
    SummarizeOptions options;
    options.length.sentences = 1;
    options.score = folder_.file("documents.jsonl", documents);
    if (!summaries.empty()) options.summaries = folder_.file("summaries.jsonl", summaries);
    written_.clear();
    return score_summaries(options, ExtractiveSummarizer(true), progress_,
                           [&](const std::string& summary) { written_.push_back(summary); });
  }
  void expect_error(const std::string& documents, const std::string& what, const std::string& summaries = "") {
    EXPECT_THAT([&] { score(documents, summaries); }, ThrowsMessage<Error>(HasSubstr(what))) << documents;
  }

  TemporaryFolder folder_;
  NoProgress progress_;
  std::vector<std::string> written_;
};

TEST_F(SummaryScoring, SummarizesAndScores) {
  const SummaryScores scores = score(R"({"document": "One two three. Four five.", "summary": "one two"})"
                                     "\n"
                                     R"({"document": "Six. Seven.", "references": ["six", "eight"]})");
  EXPECT_THAT(written_, ElementsAre("One two three.\n", "Six.\n"));
  EXPECT_NEAR(scores.report.best[0], 100 * (0.8 + 1) / 2, 1e-9);
  EXPECT_NEAR(scores.report.mean[0], 100 * (0.8 + 0.5) / 2, 1e-9);
}

TEST_F(SummaryScoring, ScoresSummariesThatAreThere) {
  const SummaryScores scores = score(R"({"document": "x", "summary": "one two"})", R"({"summary": "one two"})");
  EXPECT_NEAR(scores.report.best[1], 100, 1e-9);
  EXPECT_EQ(scores.report.references, 1U);
  EXPECT_NEAR(score(R"({"summary": "one two"})", R"({"summary": "one two"})").report.best[0], 100, 1e-9)
      << "no document is needed";
}

TEST_F(SummaryScoring, ChineseIsScoredByCharacters) {
  const SummaryScores scores = score(R"({"document": "北京很大。上海也大。", "summary": "北京很大"})");
  EXPECT_EQ(scores.tokens, metrics::RougeTokens::characters);
  EXPECT_NEAR(scores.report.best[0], 100, 1e-9);
}

TEST_F(SummaryScoring, SaysWhatIsWrongWithALine) {
  const std::string good = R"({"document": "One.", "summary": "One."})"
                           "\n";
  expect_error(good + "{", "documents.jsonl, line 2: expected a JSON object");
  expect_error("[1]", "line 1: expected a JSON object");
  expect_error(good + R"({"summary": "One."})", "line 2: expected a text as \"document\"");
  expect_error(R"({"document": "One."})", "expected a text as \"summary\"");
  expect_error(R"({"document": 1, "summary": "One."})", "expected a text as \"document\"");
  expect_error(R"({"document": "One.", "references": []})", "expected at least one text in \"references\"");
  expect_error(R"({"document": "One.", "references": [1]})", "expected texts as \"references\"");
  expect_error(R"({"document": "One.", "summary": " "})", "line 1: a summary to compare with is empty");
  expect_error(R"({"document": "One.", "references": ["One.", ""]})", "line 1: a summary to compare with is empty");
  expect_error("", "documents.jsonl: expected documents with summaries");
  expect_error(R"({"document": "  ", "summary": "One."})", "line 1: there is no text to summarize");
  expect_error(good, "summaries.jsonl, line 1: expected a text as \"summary\"", "{}");
}

TEST_F(SummaryScoring, SummariesMustBeAsManyAsReferences) {
  const std::string row = R"({"summary": "One."})"
                          "\n";
  expect_error(row, "documents.jsonl has 1", row + row);
  expect_error(row + row + row, "summaries.jsonl has 1", row);
}

TEST_F(SummaryScoring, IsRenderedAsLinesOrJson) {
  SummarizeOptions options;
  const SummaryScores one = score(R"({"summary": "a"})", R"({"summary": "a"})"),
                      two = score(R"({"references": ["a", "b"]})", R"({"summary": "a"})");
  EXPECT_THAT(rendered(one, options),
              testing::StartsWith("ROUGE-1|nrefs:1|stem:porter|tok:words|version:0.1.2-mynah = 100.00\nROUGE-2|"));
  EXPECT_THAT(rendered(two, options), AllOf(HasSubstr("ROUGE-1|nrefs:best|"),
                                            HasSubstr("ROUGE-1|nrefs:mean|stem:porter|tok:words|version:0.1.2-mynah = 50.00\n")));
  options.json = true;
  const auto json = nlohmann::json::parse(rendered(two, options));
  EXPECT_EQ(json["documents"], 1);
  EXPECT_EQ(json["scores"].size(), 8U);
  EXPECT_EQ(json["scores"][3]["name"], "rougeLsum");
}

}  // namespace
}  // namespace mynah::inference
