#include "documents/markdown.h"

#include <gmock/gmock.h>

namespace mynah::documents {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Document read(std::string_view markdown) {
  Document document;
  read_markdown(markdown, document);
  return document;
}

constexpr auto kProse = ParagraphKind::prose;
constexpr auto kHeading = ParagraphKind::heading;
constexpr auto kCode = ParagraphKind::code;

TEST(Markdown, MarkupIsGone) {
  EXPECT_THAT(read("A **bold** [link](http://example.org) and `code`,\nan ![image](x.png), ~~old~~ \\*text\\* &amp; <b>tags</b>.")
                  .paragraphs,
              ElementsAre(Paragraph{"A bold link and code, an , old *text* & tags.", kProse}));
}

TEST(Markdown, BlocksAreParagraphs) {
  EXPECT_THAT(read("# Title\n\nOne\ntwo.\n\n* three\n* four\n\n> five\n\nSix\n---\n\n---\n\n| a | b |\n|---|---|\n| c | d |\n")
                  .paragraphs,
              ElementsAre(Paragraph{"Title", kHeading}, Paragraph{"One two.", kProse}, Paragraph{"three", kProse},
                          Paragraph{"four", kProse}, Paragraph{"five", kProse}, Paragraph{"Six", kHeading},
                          Paragraph{"a", kProse}, Paragraph{"b", kProse}, Paragraph{"c", kProse}, Paragraph{"d", kProse}));
}

TEST(Markdown, CodeIsToldApart) {
  EXPECT_THAT(read("Text.\n\n```cpp\nint x;\n```\n\n    indented;\n").paragraphs,
              ElementsAre(Paragraph{"Text.", kProse}, Paragraph{"int x;", kCode}, Paragraph{"indented;", kCode}));
}

TEST(Markdown, FootnotesAreAsides) {
  constexpr auto kAside = ParagraphKind::aside;
  EXPECT_THAT(
      read("Ice melts.[^1] `[^1]` stays.\n[^1]: See *Smith*,\nand others.\n[^2]: http://example.org\n\nMore[^2].").paragraphs,
      ElementsAre(Paragraph{"Ice melts. [^1] stays.", kProse}, Paragraph{"See Smith, and others.", kAside},
                  Paragraph{"http://example.org", kAside}, Paragraph{"More.", kProse}));
  EXPECT_THAT(read("A[^1].\n\n[^1]:\n").paragraphs, ElementsAre(Paragraph{"A.", kProse}));
}

TEST(Markdown, LinesMayEndInCarriageReturns) {
  const Document document = read("---\rtitle: Sea\r---\r# Ice\r\rOne\rtwo[^1].\r\r[^1]: Note.\r");
  EXPECT_EQ(document.title, "Sea");
  EXPECT_THAT(document.paragraphs,
              ElementsAre(Paragraph{"Ice", kHeading}, Paragraph{"One two.", kProse}, Paragraph{"Note.", ParagraphKind::aside}));
}

TEST(Markdown, TheTitleIsTheFrontMattersOrTheFirstHeading) {
  EXPECT_EQ(read("---\nauthor: Ann\ntitle: \"Sea ice\"\n---\n# Other\n\nText.").title, "Sea ice");
  EXPECT_EQ(read("Text.\n\n## Sea *ice*\n").title, "Sea ice");
  EXPECT_EQ(read("Text.").title, "");
  EXPECT_THAT(read("---\ntitle: x\n---\nText.").paragraphs, ElementsAre(Paragraph{"Text.", kProse}));
}

TEST(Markdown, ARuleInFrontIsNoFrontMatter) {
  EXPECT_THAT(read("---\n\nText without an end").paragraphs, ElementsAre(Paragraph{"Text without an end", kProse}));
  EXPECT_THAT(read("---").paragraphs, IsEmpty());
  EXPECT_THAT(read("").paragraphs, IsEmpty());
}

}  // namespace
}  // namespace mynah::documents
