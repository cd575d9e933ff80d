#include "plot/line_chart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace mynah::plot {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

LineChart chart(std::vector<Series> series) { return {"Loss <nats>", "updates", "nats", std::move(series)}; }

TEST(LineChart, ShowsTitleAxesAndTicks) {
  const std::string svg = to_svg({chart({{"training", {0, 1000}, {1, 5}}})});
  for (const char* text : {">Loss &lt;nats&gt;<", ">updates<", ">nats<", ">200<", ">1,000<", ">5<"})
    EXPECT_THAT(svg, HasSubstr(text));
}

TEST(LineChart, PutsPointsWhereTheAxesSay) {
  const std::string svg = to_svg({chart({{"training", {0, 1}, {0, 1}}})});
  EXPECT_THAT(svg, HasSubstr("d=\"M62 266L732 66\""));
}

TEST(LineChart, NamesSeriesOnlyWhenThereAreSeveral) {
  const Series training{"training", {0, 1}, {1, 2}}, validation{"validation", {0, 1}, {2, 3}};
  EXPECT_THAT(to_svg({chart({training})}), Not(HasSubstr(">training<")));
  const std::string both = to_svg({chart({training, validation})});
  EXPECT_THAT(both, HasSubstr(">training<"));
  EXPECT_THAT(both, HasSubstr(">validation<"));
  EXPECT_THAT(both, HasSubstr("class=\"series1 curve\""));
}

TEST(LineChart, BreaksTheLineAtPointsThatAreNotFinite) {
  const std::string svg = to_svg({chart({{"training", {0, 1, 2, 3, 4}, {1, 2, kNothing, 2, 1}}})});
  const std::string path = svg.substr(svg.find(" d=\"M"));
  EXPECT_EQ(count(path.substr(0, path.find("/>")), "M"), 2u);
  EXPECT_EQ(count(svg, "<circle"), 4u);
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
}

TEST(LineChart, LongCurvesHaveDotsOnlyWhereAPointStandsAlone) {
  Series series{"training", {}, {}};
  for (int i = 0; i < 100; ++i) {
    series.x.push_back(i);
    series.y.push_back(i == 49 || i == 51 ? kNothing : i);
  }
  EXPECT_EQ(count(to_svg({chart({series})}), "<circle"), 1u);
}

TEST(LineChart, SaysWhenThereIsNothingToDraw) {
  EXPECT_THAT(to_svg({chart({})}), HasSubstr("no data yet"));
  EXPECT_THAT(to_svg({chart({{"training", {1}, {kNothing}}})}), HasSubstr("no data yet"));
  EXPECT_THAT(to_svg({}), HasSubstr("</svg>"));
}

TEST(LineChart, StacksChartsAndWrapsLongLegends) {
  const auto height = [](const std::string& svg) { return std::stod(svg.substr(svg.find("height=\"") + 8)); };
  const LineChart plain = chart({{"training", {0, 1}, {1, 2}}});
  EXPECT_NEAR(height(to_svg({plain, plain})), 2 * height(to_svg({plain})), 20);
  LineChart crowded = chart({});
  for (int i = 0; i < 12; ++i) crowded.series.push_back({"a rather long name", {0, 1}, {1, 2}});
  EXPECT_GT(height(to_svg({crowded})), height(to_svg({plain})) + 40);
  EXPECT_THAT(to_svg({crowded}), HasSubstr("stroke-dasharray"));
}

TEST(LineChart, InsistsOnAsManyXAsY) { EXPECT_THROW(to_svg({chart({{"training", {0, 1}, {1}}})}), std::logic_error); }

}  // namespace
}  // namespace mynah::plot
