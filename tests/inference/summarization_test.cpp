#include "inference/summarization.h"

#include <gmock/gmock.h>

#include <csignal>

#include "../base/temporary_folder.h"
#include "../documents/made_documents.h"
#include "base/error.h"
#include "base/interrupt.h"
#include "inference/extractive_summarizer.h"

namespace mynah::inference {
namespace {

using documents::Document;
using documents::ParagraphKind;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::ThrowsMessage;

const ExtractiveSummarizer kExtractive(false);

Document document_of(const std::string& text, const std::string& name = "a.txt") {
  return documents::parse_document(text, name, documents::Format::text);
}

SummarizeOptions with_length(const LengthOptions& length) {
  SummarizeOptions options;
  options.length = length;
  return options;
}

TEST(Summarize, KnowsWhatItRead) {
  const Summarized summarized = summarize({document_of("TITLE\n\nOne is enough. Two are too many.\n\nThree of them came.")},
                                          kExtractive, with_length({.sentences = 1}));
  EXPECT_EQ(summarized.name, "a.txt");
  EXPECT_EQ(summarized.language, "en");
  EXPECT_EQ(summarized.method, "extractive");
  EXPECT_EQ(summarized.summary.size(), 1U);
  const ReadAccount& read = summarized.read;
  EXPECT_THAT(std::tuple(read.documents, read.paragraphs, read.sentences, read.words), testing::FieldsAre(1, 2, 3, 11));
  EXPECT_THAT(std::tuple(read.paragraphs_read, read.sentences_read, read.words_read), testing::FieldsAre(2, 3, 11));
  EXPECT_THAT(summarized.notes, IsEmpty());
}

TEST(Summarize, ASignalIsHeard) {
  catch_interrupts();
  std::raise(SIGINT);
  EXPECT_THROW(summarize({document_of("One is enough. Two are too many.")}, kExtractive, {}), Interrupted);
  catch_interrupts();
  EXPECT_NO_THROW(summarize({document_of("One is enough. Two are too many.")}, kExtractive, {}));
}

TEST(Summarize, WorksInManyLanguages) {
  const std::vector<std::pair<std::string, std::string>> texts{
      {"de", "Das Eis schmilzt. Im Norden schmilzt z. B. das Eis der See schnell. Die Bank ist zu."},
      {"fr", "La glace fond. Dans le Nord, la glace de la mer fond très vite ! Le chat dort."},
      {"zh", "北方的海冰正在融化。海冰融化得很快，北方变暖。猫在睡觉。"},
      {"ja", "北の海の氷がとけています。海の氷は早くとけます。猫は寝ています。"}};
  for (const auto& [language, text] : texts) {
    const Summarized summarized = summarize({document_of(text)}, kExtractive, with_length({.sentences = 1}));
    EXPECT_EQ(summarized.language, language);
    EXPECT_EQ(summarized.read.sentences, 3U) << language;
    EXPECT_THAT(text, HasSubstr(summarized.summary.at(0).text));
  }
}

TEST(Summarize, ALanguageThatIsGivenIsTaken) {
  SummarizeOptions options;
  options.language = "de";
  EXPECT_EQ(summarize({document_of("The cat.")}, kExtractive, options).language, "de");
}

TEST(Summarize, NeverExceedsTheSourceOrTheWish) {
  Random random(10);
  for (int trial = 0; trial < 300; ++trial) {
    SummarizeOptions options;
    options.together = random.below(2) == 0;
    options.title = random.below(2) == 0 ? "ice" : "";
    options.read_words = static_cast<int>(1 + random.below(300));
    if (random.below(2) == 0) options.length.sentences = static_cast<int>(1 + random.below(9));
    if (random.below(2) == 0) options.length.words = static_cast<int>(1 + random.below(150));
    if (random.below(3) == 0) options.length.ratio = std::to_string(1 + random.below(100)) + "%";
    options.length.style = std::vector<std::string>{"", "headline", "sentence", "paragraph", "bullets"}[random.below(5)];
    const std::vector<Document> made = documents::made_documents(random, options.together ? 3 : 1);
    try {
      const Summarized summarized = summarize(made, kExtractive, options);
      std::size_t words = 0;
      for (const SummarySentence& sentence : summarized.summary) words += sentence.words;
      EXPECT_LE(words, summarized.read.words);
      EXPECT_LE(words, static_cast<std::size_t>(options.length.words.value_or(1000000)));
      EXPECT_LE(summarized.summary.size(), static_cast<std::size_t>(options.length.sentences.value_or(1000000)));
      EXPECT_FALSE(summarized.summary.empty());
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), testing::AnyOf(HasSubstr("no text to summarize"), HasSubstr("so few words")));
    }
  }
}

TEST(Summarize, TextWithoutTextIsRefused) {
  for (const char* text : {"", " \n\n\t", "--- ... !!!"}) {
    EXPECT_THAT([&] { summarize({document_of(text)}, kExtractive, {}); },
                ThrowsMessage<Error>(HasSubstr("there is no text to summarize in a.txt")))
        << text;
  }
  SummarizeOptions options;
  options.together = true;
  EXPECT_THAT(
      [&] {
        summarize({document_of(""), document_of("", "b.txt")}, kExtractive, options);
      },
      ThrowsMessage<Error>(HasSubstr("a.txt and what was given with it")));
}

TEST(Summarize, AWishForLessThanASentenceIsRefused) {
  EXPECT_THAT(
      [] { summarize({document_of("One two three four five. Six seven eight nine.")}, kExtractive, with_length({.words = 3})); },
      ThrowsMessage<Error>(AllOf(HasSubstr("at most 3"), HasSubstr("the shortest has 4"))));
}

TEST(Summarize, OneWordIsItsOwnSummary) {
  const Summarized summarized = summarize({document_of("word")}, kExtractive, with_length({.words = 80}));
  ASSERT_EQ(summarized.summary.size(), 1U);
  EXPECT_EQ(summarized.summary[0].text, "word");
  EXPECT_THAT(summarized.notes, ElementsAre("--words 80: the text has only 1 word"));
}

TEST(Summarize, TextWithoutSentenceEndsIsOneSentence) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "word" + std::to_string(i) + " ";
  const Summarized summarized = summarize({document_of(text)}, kExtractive, with_length({.sentences = 2}));
  EXPECT_EQ(summarized.summary.size(), 1U);
  EXPECT_EQ(summarized.notes.size(), 1U);
}

TEST(Summarize, RepairsAreNoted) {
  const Summarized summarized = summarize({document_of("Caf\u00E9s \x80 na\u00EFve. Text here, too.")}, kExtractive, {});
  EXPECT_THAT(summarized.notes, ElementsAre(AllOf(HasSubstr("a.txt: repaired: "), HasSubstr("1 invalid"))));
}

TEST(Summarize, APileIsReadByItsTitle) {
  SummarizeOptions options = with_length({.sentences = 1});
  options.together = true;
  options.title = "Sea ice";
  options.read_words = 12;
  const Summarized summarized =
      summarize({document_of("Banks raised their interest rates again this year. Rates are high.", "a.txt"),
                 document_of("The weather was fine all week.\n\nThe sea ice in the north melts in summer.", "b.txt")},
                kExtractive, options);
  EXPECT_EQ(summarized.name, "Sea ice");
  EXPECT_EQ(summarized.summary.at(0).text, "The sea ice in the north melts in summer.");
  EXPECT_EQ(summarized.read.documents, 2U);
  EXPECT_EQ(summarized.read.paragraphs, 3U);
  EXPECT_LT(summarized.read.paragraphs_read, 3U);
  EXPECT_LE(summarized.read.words_read, 12U);
}

TEST(OpenDocument, FoldersAndUnknownFilesAreRefused) {
  const TemporaryFolder folder;
  EXPECT_THAT([&] { open_document(folder.path(), {}); },
              ThrowsMessage<Error>(AllOf(HasSubstr("it is a folder"), HasSubstr("/*"))));
  EXPECT_THAT([&] { open_document(folder / "none.txt", {}); }, ThrowsMessage<Error>(HasSubstr("none.txt")));
  SummarizeOptions as_html;
  as_html.format = "html";
  const std::string path = folder.file("page", "a <b>b</b>");
  EXPECT_EQ(open_document(path, as_html).paragraphs.at(0).text, "a b");
  EXPECT_EQ(open_document(path, {}).paragraphs.at(0).text, "a <b>b</b>");
}

/// Says what it was told, as a model would.
class Says : public Summarizer {
 public:
  explicit Says(std::string sentence) : sentence_(std::move(sentence)) {}
  Draft summarize(const documents::SourceText& source, const documents::Limits&) const override {
    return {.summary = {{sentence_, 5, {0}}}, .method = "model", .sentences_read = source.sentences.size(), .notes = {"a note"}};
  }
  std::string_view name() const override { return "model"; }

 private:
  std::string sentence_;
};

TEST(Summarize, WhatAModelSaysThatIsNotInTheTextIsFound) {
  const Document document = document_of("IN BERLIN\n\nThe ice of the sea melts in the north. Nobody saw it in 2019.");
  const Summarized summarized =
      summarize({document}, Says("In Berlin and Paris the ice melted in 2019 and 2020."), with_length({}));
  EXPECT_EQ(summarized.method, "model");
  EXPECT_THAT(summarized.summary[0].unfounded, ElementsAre("2020", "Paris")) << "a heading counts as text";
  EXPECT_EQ(summarized.read.written, 1U);
  const std::vector<Finding> findings = findings_of(summarized);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].reason, "a note");
  EXPECT_EQ(findings[0].kind, Finding::Kind::unmet);
  EXPECT_EQ(findings[1].reason, "nowhere in the text, but in its summary: 2020, Paris");
  EXPECT_TRUE(is_suspect(findings));
}

TEST(Summarize, WishesThatAModelDidNotMeetAreNamed) {
  const Document document = document_of("One is enough. Two are too many. Three of them came.");
  const auto notes = summarize({document}, Says("Two are many."), with_length({.sentences = 3})).notes;
  EXPECT_THAT(notes, testing::Contains(HasSubstr("--sentences 3: the model wrote only 1")));
  const auto words = summarize({document}, Says("Two are many."), with_length({.words = 11})).notes;
  EXPECT_THAT(words, testing::Contains(HasSubstr("--words 11: the model wrote no whole sentences that have between 9 and 11")));
}

}  // namespace
}  // namespace mynah::inference
