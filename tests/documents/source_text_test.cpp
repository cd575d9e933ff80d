#include "documents/source_text.h"

#include <gmock/gmock.h>

#include "made_documents.h"

namespace mynah::documents {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto kProse = ParagraphKind::prose;
constexpr auto kHeading = ParagraphKind::heading;

std::vector<std::string> texts(const SourceText& source) {
  std::vector<std::string> result;
  for (const SourceSentence& sentence : source.sentences) result.push_back(sentence.text);
  return result;
}

std::vector<std::string> sentences(const std::string& text, const std::string& language = "en") {
  const std::vector<Document> documents{{"name", "", {{text, kProse}}, {}}};
  return texts(source_text(documents, language));
}

TEST(SourceText, KnowsWhereSentencesStand) {
  const std::vector<Document> documents{
      {"a", "", {{"Heading", kHeading}, {"One two. Three.", kProse}, {"Note.", ParagraphKind::aside}}, {}},
      {"b", "", {{"Four.", kProse}, {"Five!", kProse}}, {}}};
  const SourceText source = source_text(documents, "en");
  EXPECT_THAT(texts(source), ElementsAre("One two.", "Three.", "Four.", "Five!"));
  EXPECT_EQ(source.words, 5U);
  const SourceSentence &second = source.sentences[1], &last = source.sentences[3];
  EXPECT_THAT(std::tuple(second.document, second.paragraph, second.position, second.words), testing::FieldsAre(0, 1, 1, 1));
  EXPECT_THAT(std::tuple(last.document, last.paragraph, last.position, last.words), testing::FieldsAre(1, 1, 1, 1));
}

TEST(SourceText, HeadingsAreTakenWhereThereIsNothingElse) {
  const std::vector<Document> documents{{"a", "", {{"Only", kHeading}, {"int x;", ParagraphKind::code}}, {}}};
  EXPECT_THAT(texts(source_text(documents, "en")), ElementsAre("Only", "int x;"));
  EXPECT_THAT(source_text({}, "en").sentences, IsEmpty());
}

TEST(SourceText, SplitsManyLanguages) {
  EXPECT_THAT(sentences("Dr. Smith came. He left.", "en"), ElementsAre("Dr. Smith came.", "He left."));
  EXPECT_THAT(sentences("Am 3. Oktober z. B. ist frei. Alle ruhen.", "de"),
              ElementsAre("Am 3. Oktober z. B. ist frei.", "Alle ruhen."));
  EXPECT_THAT(sentences("Il pleut\u00A0! On rentre.", "fr"), ElementsAre("Il pleut\u00A0!", "On rentre."));
  EXPECT_THAT(sentences("\u4ECA\u5929\u5F88\u597D\u3002\u660E\u5929\u5462\uFF1F", "zh"),
              ElementsAre("\u4ECA\u5929\u5F88\u597D\u3002", "\u660E\u5929\u5462\uFF1F"));
  EXPECT_THAT(sentences("\u6674\u308C\u3067\u3059\u3002\u96E8\u3067\u3057\u305F\u3002", "ja"),
              ElementsAre("\u6674\u308C\u3067\u3059\u3002", "\u96E8\u3067\u3057\u305F\u3002"));
}

TEST(SourceText, LowerCasedTextIsCutAsIfItHadCapitals) {
  EXPECT_THAT(sentences("the u.s. rate fell . `` why ? '' he said . it is so."),
              ElementsAre("the u.s. rate fell .", "`` why ?", "'' he said .", "it is so."));
  EXPECT_THAT(sentences("it costs 3.5 dollars. yes! 2 remain. e.g. this"), testing::Contains("it costs 3.5 dollars."));
  std::string with_a_heading = "HEADING ";
  for (int i = 0; i < 500; ++i) with_a_heading += "it is so. ";
  EXPECT_EQ(sentences(with_a_heading).size(), 500U);
  EXPECT_THAT(sentences("It fell. then it rose. And so on."), ElementsAre("It fell. then it rose.", "And so on."));
}

TEST(SourceText, BulletsAreNotTakenAndNumbersStay) {
  EXPECT_THAT(sentences("\u2022 Rails. So."), ElementsAre("Rails.", "So."));
  EXPECT_THAT(sentences("\u2022Rails."), ElementsAre("Rails."));
  EXPECT_THAT(sentences("- Rails"), ElementsAre("Rails"));
  EXPECT_THAT(sentences("* it is so. it was so."), ElementsAre("it is so.", "it was so."));
  EXPECT_THAT(sentences("-5 degrees."), ElementsAre("-5 degrees."));
  EXPECT_THAT(sentences("\u2014 Bonjour, dit-il.", "fr"), ElementsAre("\u2014 Bonjour, dit-il."));
  EXPECT_THAT(sentences("1. Lay the surface. Wait."), ElementsAre("1. Lay the surface.", "Wait."));
  EXPECT_THAT(sentences("\u2022"), IsEmpty());
}

TEST(SourceText, TheTitleHasTermsThatAreThere) {
  const std::vector<Document> documents{{"a", "", {{"The ice is melting.", kProse}}, {}}};
  const SourceText source = source_text(documents, "en", "Melted sea ice");
  EXPECT_EQ(source.title.size(), 2U);
  EXPECT_EQ(source.terms, 4U);
}

TEST(SourceText, EverySentenceIsInItsParagraph) {
  Random random(3);
  for (int trial = 0; trial < 100; ++trial) {
    const std::vector<Document> documents = made_documents(random, 3);
    std::size_t words = 0;
    for (const SourceSentence& sentence : source_text(documents, "en").sentences) {
      EXPECT_NE(documents[sentence.document].paragraphs[sentence.paragraph].text.find(sentence.text), std::string::npos);
      EXPECT_EQ(sentence.terms.size(), sentence.words);
      words += sentence.words;
    }
    EXPECT_EQ(source_text(documents, "en").words, words);
  }
}

}  // namespace
}  // namespace mynah::documents
