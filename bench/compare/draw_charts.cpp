// Draws the charts described by JSON on standard input ([{"title", "x_label", "y_label", "series": [{"name", "x", "y"}]}]) as one
// SVG on standard output.
#include <iostream>
#include <nlohmann/json.hpp>

#include "plot/line_chart.h"

int main() {
  std::vector<mynah::plot::LineChart> charts;
  for (const auto& chart : nlohmann::json::parse(std::cin)) {
    charts.push_back({chart.at("title"), chart.at("x_label"), chart.at("y_label"), {}});
    for (const auto& series : chart.at("series")) {
      charts.back().series.push_back({series.at("name"), series.at("x"), series.at("y")});
    }
  }
  std::cout << mynah::plot::to_svg(charts);
  return 0;
}
