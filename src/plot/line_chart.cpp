#include "plot/line_chart.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "plot/axis.h"
#include "plot/svg.h"
#include "text/utf8.h"

namespace mynah::plot {
namespace {

constexpr double kWidth = 760, kPlotHeight = 200, kGap = 12;
constexpr double kMargin = 20, kLeft = 62, kRight = 28;  // of text; beside the plotting area
constexpr double kTitle = 30, kHeader = 66;              // baseline of the title; height above the plotting area
constexpr double kLegendRow = 20, kFooter = 52;          // one row of names; tick labels and the x label
constexpr std::size_t kMostMarkedPoints = 40;            // a curve with more points is drawn without dots

struct LegendEntry {
  std::size_t series;
  double x;
  int row;
};

/// One chart with the places of its parts on the page.
struct Panel {
  const LineChart& chart;
  double top, plot_top;
  std::vector<LegendEntry> legend;
  Axis x, y;
  bool empty;

  double plot_bottom() const { return plot_top + kPlotHeight; }
  double bottom() const { return plot_bottom() + kFooter; }
};

/// Names in rows under the title; a lone series is named by the title.
std::vector<LegendEntry> lay_out_legend(const LineChart& chart) {
  std::vector<LegendEntry> entries;
  double x = kMargin;
  int row = 0;
  for (std::size_t i = 0; i < chart.series.size() && chart.series.size() > 1; ++i) {
    const double width = 42 + 7 * static_cast<double>(count_code_points(chart.series[i].name));
    if (x > kMargin && x + width > kWidth - kMargin) {
      x = kMargin;
      ++row;
    }
    entries.push_back({i, x, row});
    x += width;
  }
  return entries;
}

Panel lay_out(const LineChart& chart, double top) {
  std::vector<double> xs, ys;
  for (const Series& series : chart.series) {
    ensure(series.x.size() == series.y.size(), "a series has as many x as y");
    for (std::size_t i = 0; i < series.x.size(); ++i) {
      if (!std::isfinite(series.x[i]) || !std::isfinite(series.y[i])) continue;
      xs.push_back(series.x[i]);
      ys.push_back(series.y[i]);
    }
  }
  auto legend = lay_out_legend(chart);
  const double plot_top = top + kHeader + (legend.empty() ? 0 : kLegendRow * (legend.back().row + 1));
  return {chart,
          top,
          plot_top,
          std::move(legend),
          Axis::over(xs, 8, false).placed(kLeft, kWidth - kRight),
          Axis::over(ys, 5, true).placed(plot_top + kPlotHeight, plot_top),
          xs.empty()};
}

std::string draw_axes(const Panel& panel) {
  const double bottom = panel.plot_bottom(), centre = (kLeft + kWidth - kRight) / 2;
  std::string svg;
  for (const double tick : panel.y.ticks()) {
    const double y = panel.y.position(tick);
    svg += svg_line(kLeft, y, kWidth - kRight, y, "grid");
    svg += svg_text(kLeft - 8, y + 4, Anchor::kEnd, "tick", panel.y.label(tick));
  }
  for (const double tick : panel.x.ticks()) {
    const double x = panel.x.position(tick);
    svg += svg_line(x, bottom, x, bottom + 4, "axis");
    svg += svg_text(x, bottom + 18, Anchor::kMiddle, "tick", panel.x.label(tick));
  }
  svg += svg_text(kMargin, panel.plot_top - 14, Anchor::kStart, "label", panel.chart.y_label);
  return svg + svg_text(centre, bottom + 38, Anchor::kMiddle, "label", panel.chart.x_label);
}

std::string color_of(std::size_t series) { return concat("series", series % kSeriesColors); }

/// Series beyond the last colour share colours and are told apart by dashes.
std::string dashes_of(std::size_t series) { return series < kSeriesColors ? "" : " stroke-dasharray=\"6 4\""; }

std::string dot(double x, double y, const std::string& color) {
  return concat("<circle cx=\"", pixels(x), "\" cy=\"", pixels(y), "\" r=\"3\" class=\"dot ", color, "\"/>\n");
}

/// One path with a gap wherever a point is not finite; dots on short curves and on points that stand alone.
std::string draw_curve(const Panel& panel, std::size_t index) {
  const Series& series = panel.chart.series[index];
  const auto drawable = [&](std::size_t i) {
    return i < series.x.size() && std::isfinite(series.x[i]) && std::isfinite(series.y[i]);
  };
  std::string path, dots;
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    if (!drawable(i)) continue;
    const bool continues = i > 0 && drawable(i - 1), alone = !continues && !drawable(i + 1);
    const double x = panel.x.position(series.x[i]), y = panel.y.position(series.y[i]);
    path += concat(continues ? "L" : "M", pixels(x), " ", pixels(y));
    if (alone || series.x.size() <= kMostMarkedPoints) dots += dot(x, y, color_of(index));
  }
  return concat("<path class=\"", color_of(index), " curve\"", dashes_of(index), " d=\"", path, "\"/>\n", dots);
}

std::string draw_legend(const Panel& panel) {
  std::string svg;
  for (const LegendEntry& entry : panel.legend) {
    const double y = panel.top + kTitle + 22 + kLegendRow * entry.row;
    svg += concat("<path class=\"", color_of(entry.series), " curve\"", dashes_of(entry.series), " d=\"M", pixels(entry.x), " ",
                  pixels(y - 4), "h18\"/>\n");
    svg += svg_text(entry.x + 24, y, Anchor::kStart, "label", panel.chart.series[entry.series].name);
  }
  return svg;
}

std::string draw(const Panel& panel) {
  std::string svg = svg_text(kMargin, panel.top + kTitle, Anchor::kStart, "title", panel.chart.title) + draw_legend(panel);
  if (panel.empty) return svg + svg_text(kWidth / 2, panel.plot_top + kPlotHeight / 2, Anchor::kMiddle, "label", "no data yet");
  svg += draw_axes(panel);
  for (std::size_t i = 0; i < panel.chart.series.size(); ++i) svg += draw_curve(panel, i);
  return svg + svg_line(kLeft, panel.plot_bottom(), kWidth - kRight, panel.plot_bottom(), "axis");
}

}  // namespace

std::string to_svg(const std::vector<LineChart>& charts) {
  std::string body, description;
  double bottom = kGap;
  for (const LineChart& chart : charts) {
    const Panel panel = lay_out(chart, bottom - kGap);
    body += draw(panel);
    description += concat(description.empty() ? "" : "; ", chart.title);
    bottom = panel.bottom() + kGap;
  }
  return svg_document(kWidth, bottom, description, body);
}

}  // namespace mynah::plot
