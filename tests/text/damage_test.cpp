#include "text/damage.h"

#include <gtest/gtest.h>

#include <string>

namespace mynah {
namespace {

TEST(Damage, MojibakeIsUtf8ReadAsWindows1252) {
  for (const auto& [text, found] : {std::pair("schÃ¶n", "Ã¶"),
                                    {"Ãœbung", "Ãœ"},
                                    {"Ã„rger", "Ã„"},
                                    {"Ã–l", "Ã–"},
                                    {"GrÃ¼ÃŸe", "Ã¼"},
                                    {"itâ€™s", "â€™"},
                                    {"10 â‚¬", "â‚¬"},
                                    {"20Â°C", "Â°"},
                                    {"100\u00C2\u00A0km", "\u00C2\u00A0"},
                                    {"lÃ\u00A0-bas", "Ã\u00A0"},
                                    {"MÄƒrgean", "Äƒ"},
                                    {"ÄŒeskÃ¡ Å¡kola", "ÄŒ"},
                                    {"ÐŸÑ€Ð¸Ð²ÐµÑ‚", "ÐŸ"},
                                    {"æ–‡å­—", "æ–‡"},
                                    {"ðŸ˜€ hi", "ðŸ˜€"},
                                    {"ï»¿first", "ï»¿"},
                                    {"GroÃ\u009Fe", "Ã\u009F"}}) {
    EXPECT_EQ(find_mojibake(text), found) << text;
  }
}

TEST(Damage, RealTextIsNoMojibake) {
  for (const char* text : {"",
                           "plain",
                           "Äpfel, Öl, Übung, Straße – „Menü“",
                           "Ça va ? « été », à « l’été »",
                           "déjà vu…",
                           "NÃO",
                           "IRMÃ",
                           "“MANHÔ",
                           "„UNIVERSITÄ“",
                           "LÄ\u00ADNDER",
                           "São Tomé",
                           "Ångström’s Å",
                           "日本語",
                           "Привет",
                           "naïve café’s",
                           "à\u00A0»",
                           "É»",
                           "el Niño “ENSEÑ” »",
                           "Île-de-France",
                           "20 °C, 5 €, 3½, ¿Qué? ¡Sí!",
                           "ÅÄÖ – å”"}) {
    EXPECT_EQ(find_mojibake(text), "") << text;
  }
}

TEST(Damage, MisreadTextIsFoundAndGivenBackTextIsNot) {
  // Every Latin-1 letter, misread by the definition: each byte of its UTF-8 as a code point.
  for (char32_t letter = 0xC0; letter <= 0xFF; ++letter) {
    const unsigned char second = 0x80 | (letter & 0x3F);
    const std::string misread = {'\xC3', '\x83', '\xC2', static_cast<char>(second)};
    EXPECT_EQ(find_mojibake("x" + misread + "y"), misread) << static_cast<int>(letter);
  }
}

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
