#include "documents/footnotes.h"

#include <gmock/gmock.h>

namespace mynah::documents {
namespace {

TEST(Footnotes, MarksThatAreDefinedAreGone) {
  EXPECT_EQ(with_plain_footnotes("One[^1] two[^note].\n\n[^1]: First.\n[^note]: Second[^1].\n"),
            "One two.\n\n\n\\[^1]: First.\n\n\\[^note]: Second.\n");
  EXPECT_EQ(with_plain_footnotes("One[^1].\r\n\r\n[^1]: First."), "One.\r\n\r\n\n\\[^1]: First.");
}

TEST(Footnotes, AllElseStaysAsItIs) {
  for (const char* markdown : {"", "One[^1].\n", "[^1]\n", "a [^ b]: c\n", "[^]: x\n", "[1]: http://example.org\n", "\n\n",
                               "```\n[^1]: code\n```\nOne[^1].", "    [^1]: code\n"}) {
    EXPECT_EQ(with_plain_footnotes(markdown), markdown);
  }
}

TEST(Footnotes, CodeStaysAsItIs) {
  EXPECT_EQ(with_plain_footnotes("`[^a]`[^a]\n~~~\n```\nx[^a]\n~~~\ny[^a]\n   [^a]: z"),
            "`[^a]`\n~~~\n```\nx[^a]\n~~~\ny\n\n\\[^a]: z");
}

TEST(Footnotes, LabelsAreTold) {
  EXPECT_EQ(footnote_label("[^1]: Text: more."), "[^1]: ");
  EXPECT_EQ(footnote_label("[^a-b]:x"), "[^a-b]:");
  for (const char* text : {"", "[^1]", "[^1] x", "[1]: x", "x [^1]: y", "[^]: x", "[^a b]: x", "[^a"}) {
    EXPECT_EQ(footnote_label(text), "") << text;
  }
}

}  // namespace
}  // namespace mynah::documents
