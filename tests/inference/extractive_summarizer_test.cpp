#include "inference/extractive_summarizer.h"

#include <gmock/gmock.h>

#include "../documents/made_documents.h"

namespace mynah::inference {
namespace {

TEST(ExtractiveSummarizer, GivesSentencesOfTheSourceInTheirOrderWithinTheLimits) {
  Random random(9);
  for (int trial = 0; trial < 200; ++trial) {
    const auto source = documents::source_text(documents::made_documents(random, 1 + random.below(3)), "en");
    const documents::Limits limits{.sentences = 1 + random.below(6), .words = 1 + random.below(100)};
    const Summary summary = ExtractiveSummarizer(random.below(3) == 0).summarize(source, limits).summary;
    std::size_t words = 0, next = 0;
    for (const SummarySentence& sentence : summary) {
      ASSERT_EQ(sentence.sources.size(), 1U);
      EXPECT_GE(sentence.sources[0], next);
      next = sentence.sources[0] + 1;
      EXPECT_EQ(sentence.text, source.sentences.at(sentence.sources[0]).text);
      EXPECT_EQ(sentence.words, source.sentences[sentence.sources[0]].words);
      words += sentence.words;
    }
    EXPECT_LE(summary.size(), limits.sentences);
    EXPECT_LE(words, std::min(limits.words, source.words));
  }
}

TEST(ExtractiveSummarizer, LeadTakesTheFirstSentences) {
  const std::vector<documents::Document> documents{
      {"a",
       "",
       {{"Hello. This is a letter. Ice melts in the sea. The ice of the sea melts.", documents::ParagraphKind::prose}},
       {}}};
  const auto source = documents::source_text(documents, "en");
  const Summary lead = ExtractiveSummarizer(true).summarize(source, {.sentences = 2}).summary;
  ASSERT_EQ(lead.size(), 2U);
  EXPECT_EQ(lead[0].text, "Hello.");
  EXPECT_EQ(lead[1].text, "This is a letter.");
  EXPECT_NE(ExtractiveSummarizer(false).summarize(source, {.sentences = 2}).summary[0].text, "Hello.");
  EXPECT_EQ(ExtractiveSummarizer(true).name(), "lead");
  EXPECT_EQ(ExtractiveSummarizer(false).name(), "extractive");
}

}  // namespace
}  // namespace mynah::inference
