#include "plot/svg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mynah::plot {
namespace {

using testing::HasSubstr;

TEST(Svg, EscapesWhatXmlReserves) {
  EXPECT_EQ(escape_xml("a<b> & \"c\""), "a&lt;b&gt; &amp; &quot;c&quot;");
  EXPECT_EQ(escape_xml("tab\tand\x01"), "taband");
  EXPECT_EQ(escape_xml("größer ≥"), "größer ≥");
}

TEST(Svg, WritesPixelsBriefly) {
  EXPECT_EQ(pixels(12), "12");
  EXPECT_EQ(pixels(0.25), "0.2");
  EXPECT_EQ(pixels(-0.01), "0");
  EXPECT_EQ(pixels(100.06), "100.1");
}

TEST(Svg, PlacesTextAndLines) {
  EXPECT_EQ(svg_text(1, 2, Anchor::kEnd, "tick", "<5"),
            "<text x=\"1\" y=\"2\" class=\"tick\" text-anchor=\"end\">&lt;5</text>\n");
  EXPECT_EQ(svg_line(0, 1, 2.5, 3, "grid"), "<line x1=\"0\" y1=\"1\" x2=\"2.5\" y2=\"3\" class=\"grid\"/>\n");
}

TEST(Svg, DocumentCarriesAllItNeeds) {
  const std::string document = svg_document(200, 100, "loss & BLEU", "<g/>");
  EXPECT_THAT(document, testing::StartsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"100\""));
  EXPECT_THAT(document, HasSubstr("aria-label=\"loss &amp; BLEU\""));
  EXPECT_THAT(document, HasSubstr("prefers-color-scheme:dark"));
  EXPECT_THAT(document, testing::EndsWith("<g/></svg>\n"));
  for (const char* outside : {"href", "url(", "@import", "<script"}) EXPECT_THAT(document, testing::Not(HasSubstr(outside)));
}

}  // namespace
}  // namespace mynah::plot
