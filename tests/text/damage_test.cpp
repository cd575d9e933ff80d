#include "text/damage.h"

#include <gtest/gtest.h>

#include <string>

namespace mynah {
namespace {

TEST(Damage, EntitiesEscapedOnceAndTwice) {
  EXPECT_EQ(find_double_escape("say &amp;quot;hi&amp;quot;"), "&amp;quot;");
  EXPECT_EQ(find_double_escape("R&amp;amp;D &amp;#39;"), "&amp;amp;");
  EXPECT_EQ(find_double_escape("&amp;#x27;"), "&amp;#x27;");
  for (const char* text : {"R&amp;D", "&quot;", "a &amp; b; c", "", "&amp;"}) EXPECT_EQ(find_double_escape(text), "") << text;
  EXPECT_EQ(find_entity("say &quot;hi"), "&quot;");
  EXPECT_EQ(find_entity("a & b &#39; c"), "&#39;");
  EXPECT_EQ(find_entity("&uuml;ber"), "&uuml;");
  for (const char* text : {"AT&T; R&D", "a && b;", "&nosuchname;", "&;", "&", "&toolongtobeanentity;", "f(&x);"}) {
    EXPECT_EQ(find_entity(text), "") << text;
  }
}

TEST(Damage, TagsOfHtmlOnly) {
  EXPECT_EQ(find_tag("a <b>bold</b> word"), "<b>");
  EXPECT_EQ(find_tag("line<br />break"), "<br />");
  EXPECT_EQ(find_tag("x </P>"), "</P>");
  EXPECT_EQ(find_tag("<a href=\"http://x\">"), "<a href=\"http://x\">");
  EXPECT_EQ(find_tag("a <!-- remark -->"), "<!--");
  for (const char* text :
       {"a < b and c > d", "<name>", "<3", "if (x<a) and b>c", "x <p", "<john@example.com>", "List<String>", ""}) {
    EXPECT_EQ(find_tag(text), "") << text;
  }
}

TEST(Damage, ControlCharacters) {
  using std::string_view_literals::operator""sv;
  EXPECT_EQ(find_control("a\0b"sv), "\0"sv);
  EXPECT_EQ(find_control("a\rb"), "\r");
  EXPECT_EQ(find_control("a\u0085b"), "\u0085");
  EXPECT_EQ(find_control("a\x7F"), "\x7F");
  EXPECT_EQ(find_control("a\u2028b"), "\u2028");
  EXPECT_EQ(find_control("\uFFFE"), "\uFFFE");
  EXPECT_EQ(find_control("\uFDD0"), "\uFDD0");
  for (const char* text : {"", "tab\tis text", "Grüße\u00A0\u200D\u200F", "日本語 \U0001F426 \uFFFD \uFEFF"}) {
    EXPECT_EQ(find_control(text), "") << text;
  }
}

}  // namespace
}  // namespace mynah
