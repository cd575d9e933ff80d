#include "documents/html.h"

#include <gmock/gmock.h>

namespace mynah::documents {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Document read(std::string_view html) {
  Document document;
  read_html(html, document);
  return document;
}

std::vector<std::string> texts(const Document& document) {
  std::vector<std::string> result;
  for (const Paragraph& paragraph : document.paragraphs) result.push_back(paragraph.text);
  return result;
}

std::vector<std::string> texts(std::string_view html) { return texts(read(html)); }

TEST(Html, BlocksAreParagraphs) {
  EXPECT_THAT(texts("<html><body><p>One\n  two "
                    "<em>three</em>.<p>Four<div>Five<ul><li>Six<li>Seven</ul></div><table><tr><td>Eight<td>Nine</table>Ten"),
              ElementsAre("One two three.", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"));
}

TEST(Html, InlineElementsPartNoWords) {
  EXPECT_THAT(texts("<p>un<b>believ</b>able, H<sub>2</sub>O<br>next"), ElementsAre("unbelievable, H2O next"));
}

TEST(Html, EntitiesAreCharacters) {
  EXPECT_THAT(texts("<p>a &amp; b &lt; c &eacute; &#8212; &#x4e2d; &nbsp;&hellip;"),
              ElementsAre("a & b < c \u00E9 \u2014 \u4E2D \u00A0\u2026"));
}

TEST(Html, HeadingsAreToldApart) {
  const Document document = read("<h1>Title <i>here</i></h1><p>Text.<h3>More</h3>Text again.");
  EXPECT_THAT(document.paragraphs,
              ElementsAre(Paragraph{"Title here", ParagraphKind::heading}, Paragraph{"Text.", ParagraphKind::prose},
                          Paragraph{"More", ParagraphKind::heading}, Paragraph{"Text again.", ParagraphKind::prose}));
}

TEST(Html, WhatIsNotReadIsLeftOut) {
  EXPECT_THAT(
      texts("<head><title>T</title><style>p {}</style></head><body><nav><a href=x>Home</a></nav><script>if (a < b) c();</script>"
            "<p>Text<!-- no -->.</p><form><select><option>x</select><button>Go</button></form><p hidden>secret</p>"
            "<aside>ad</aside><footer>\u00A9</footer><template><p>t</template></body>"),
      ElementsAre("Text."));
}

TEST(Html, WhatIsHiddenIsLeftOut) {
  EXPECT_THAT(texts("<p>One<span style='color: red; DISPLAY : none !important'> hidden <b>too</b></span>.</p>"
                    "<div hidden='until-found'><p>secret</div><p style='display:\nnone'>gone<p style='display: block'>Two."),
              ElementsAre("One.", "Two."));
}

TEST(Html, CitationMarksAreLeftOut) {
  EXPECT_THAT(texts("<p>Ice melts.<sup class=\"reference\"><a href=\"#cite-2\">[2]</a></sup><sup>[<i>citation needed</i>]</sup> "
                    "It is late<sup>[3][note 4], [5]</sup>. Then<sup> [6] </sup> it rained."),
              ElementsAre("Ice melts. It is late. Then it rained."));
  EXPECT_THAT(texts("<p>the 5<sup>th</sup>, x<sup>2</sup>, <sup>[1] or 2</sup>, y<sup>[3</sup>, z<sup>]</sup>"),
              ElementsAre("the 5th, x2, [1] or 2, y[3, z]"));
  EXPECT_THAT(texts("<p>a[1] <sup>b<sup>[2]</sup></sup><sup><p>[3]</p></sup>[4]"), ElementsAre("a[1] b", "[3]", "[4]"))
      << "only in a superscript, whatever stands in it";
}

TEST(Html, TheTitleIsKnown) { EXPECT_EQ(read("<title> Sea\n ice </title><title>two</title><p>x").title, "Sea ice"); }

TEST(Html, PreformattedTextIsPlainTextUnlessItIsCode) {
  const Document document = read("<pre>One two.\n\nThree\nfour.</pre><pre><code>int x;\n\nint y;</code></pre>");
  EXPECT_THAT(texts(document), ElementsAre("One two.", "Three four.", "int x;", "int y;"));
  EXPECT_EQ(document.paragraphs.front().kind, ParagraphKind::prose);
  EXPECT_EQ(document.paragraphs.back().kind, ParagraphKind::code);
}

TEST(Html, EncodingsAreFound) {
  EXPECT_THAT(texts("<p>caf\u00E9"), ElementsAre("caf\u00E9"));
  EXPECT_THAT(texts("<meta charset=iso-8859-1><p>caf\u00E9"), ElementsAre("caf\u00E9"))
      << "the bytes are UTF-8, whatever is said";
  EXPECT_THAT(texts("<meta charset=windows-1251><p>\xEC\xE8\xF0"), ElementsAre("\u043C\u0438\u0440"));
  EXPECT_THAT(texts("<p>caf\xE9"), ElementsAre("caf\u00E9")) << "Latin-1 where nothing is said";
}

TEST(Html, BrokenAndEmptyPagesAreRead) {
  EXPECT_THAT(texts(""), IsEmpty());
  EXPECT_THAT(texts("<html><body></body></html>"), IsEmpty());
  EXPECT_THAT(texts("<p>a</b></div><p>b<"), ElementsAre("a", "b<"));
  EXPECT_THAT(texts(std::string_view("<p>a\0b", 6)), ElementsAre("ab"));
  EXPECT_THAT(texts("no tags at all"), ElementsAre("no tags at all"));
}

TEST(Html, DeepAndLongPagesAreRead) {
  std::string deep;
  for (int depth = 0; depth < 5000; ++depth) deep += "<div>";
  EXPECT_LE(texts(deep + "text").size(), 1U);
  const std::string long_line(11'000'000, 'x');
  EXPECT_EQ(texts("<p>" + long_line).at(0).size(), long_line.size());
}

}  // namespace
}  // namespace mynah::documents
