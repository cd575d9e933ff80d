#include "inference/summary_rendering.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace mynah::inference {
namespace {

Summarized sample() {
  Summarized summarized;
  summarized.name = "a.txt";
  summarized.language = "en";
  summarized.method = "extractive";
  summarized.documents = {"a.txt"};
  summarized.source.sentences = {{"One two.", 0, 0, 0, 2, {}}, {"Three.", 0, 1, 1, 1, {}}};
  summarized.summary = {{"One two.", 2, {0}}, {"It is three.", 3, {1, 0}}};
  summarized.read = {1, 2, 2, 3, 2, 2, 3};
  return summarized;
}

SummarizeOptions styled(const std::string& style) {
  SummarizeOptions options;
  options.length.style = style;
  return options;
}

TEST(SummaryRendering, IsALineOrAList) {
  EXPECT_EQ(rendered(sample(), {}), "One two. It is three.\n");
  EXPECT_EQ(rendered(sample(), styled("paragraph")), "One two. It is three.\n");
  EXPECT_EQ(rendered(sample(), styled("bullets")), "- One two.\n- It is three.\n");
}

TEST(SummaryRendering, JoinsByScript) {
  EXPECT_EQ(joined({{"\u4ECA\u5929\u3002", 1, {}}, {"\u660E\u5929\u3002", 1, {}}}), "\u4ECA\u5929\u3002\u660E\u5929\u3002");
  EXPECT_EQ(joined({}), "");
}

TEST(SummaryRendering, SourcesStandBelowTheirSentence) {
  SummarizeOptions options = styled("bullets");
  options.sources = true;
  EXPECT_EQ(rendered(sample(), options),
            "- One two.\n    a.txt, paragraph 1, sentence 1\n"
            "- It is three.\n    a.txt, paragraph 2, sentence 2: Three.\n    a.txt, paragraph 1, sentence 1: One two.\n");
}

TEST(SummaryRendering, JsonHasItAll) {
  SummarizeOptions options;
  options.json = true;
  Summarized summarized = sample();
  summarized.notes = {"a note"};
  const std::string text = rendered(summarized, options);
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json["summary"], "One two. It is three.");
  EXPECT_EQ(json["words"], 5);
  EXPECT_EQ(json["sentences"][1]["sources"][0],
            nlohmann::json({{"document", "a.txt"}, {"paragraph", 2}, {"sentence", 2}, {"text", "Three."}}));
  EXPECT_EQ(json["read"]["words"], 3);
  EXPECT_EQ(json["notes"][0], "a note");
  EXPECT_EQ(json["method"], "extractive");
}

TEST(SummaryRendering, TheAccountSaysWhatWasLeftOut) {
  Summarized summarized = sample();
  summarized.read.summaries = 1;
  summarized.read.summary_sentences = 2;
  summarized.read.summary_words = 5;
  EXPECT_EQ(describe(summarized.read), "1 document, 2 paragraphs, 2 sentences, 3 words; the summary has 2 sentences, 5 words");
  summarized.read.paragraphs_read = 1;
  summarized.read.words_read = 2;
  EXPECT_THAT(describe(summarized.read), testing::EndsWith("; left out as less relevant: 1 paragraph, 1 word (--read-words)"));
}

}  // namespace
}  // namespace mynah::inference
