// Line charts as SVG.
#pragma once
#include <string>
#include <vector>

namespace mynah::plot {

struct Series {
  std::string name;
  std::vector<double> x, y;  // equally long; non-finite points break the line
};

/// One panel: series that share axes.
struct LineChart {
  std::string title, x_label, y_label;
  std::vector<Series> series;
};

/// The charts one below the other, as a self-contained SVG document (readable on light and dark backgrounds).
std::string to_svg(const std::vector<LineChart>& charts);

}  // namespace mynah::plot
