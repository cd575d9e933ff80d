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
