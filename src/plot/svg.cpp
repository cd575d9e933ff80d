#include "plot/svg.h"

#include <array>
#include <cstdio>

#include "base/error.h"

namespace mynah::plot {
namespace {

struct Color {
  const char *on_light, *on_dark;
};

constexpr std::array<Color, kSeriesColors> kColors{{{"#2367c2", "#5b9df0"},
                                                    {"#d95f0e", "#f0843c"},
                                                    {"#11845b", "#2fbf8a"},
                                                    {"#a3308f", "#d670c4"},
                                                    {"#8a6d00", "#d9b430"},
                                                    {"#c2293d", "#f2707f"},
                                                    {"#4b4fc4", "#8f93ff"},
                                                    {"#57606a", "#9aa4ae"}}};

std::string series_styles(const char* Color::*shade) {
  std::string styles;
  for (int i = 0; i < kSeriesColors; ++i)
    styles += concat(".series", i, "{stroke:", kColors[i].*shade, ";fill:", kColors[i].*shade, "}");
  return styles;
}

std::string styles() {
  return concat(
      "text{font-family:system-ui,-apple-system,'Segoe UI','Liberation Sans',Arial,sans-serif;fill:#3d444d}"
      ".title{font-size:15px;font-weight:600;fill:#1f2328}.label{font-size:12px}.tick{font-size:11px;fill:#59636e}"
      ".surface{fill:#ffffff;stroke:#d1d9e0}.grid{stroke:#e4e8ec}.axis{stroke:#818b98}",
      series_styles(&Color::on_light),
      ".curve{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}.dot{stroke:none}",
      "@media (prefers-color-scheme:dark){text{fill:#c9d1d9}.title{fill:#f0f6fc}.tick{fill:#9198a1}"
      ".surface{fill:#0d1117;stroke:#3d444d}.grid{stroke:#262c34}.axis{stroke:#656c76}",
      series_styles(&Color::on_dark), ".curve{fill:none}.dot{stroke:none}}");
}

}  // namespace

std::string escape_xml(std::string_view text) {
  std::string result;
  for (const char character : text) {
    switch (character) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(character) >= 0x20) result += character;
    }
  }
  return result;
}

std::string pixels(double value) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.1f", value);
  std::string result = text.data();
  if (result.ends_with(".0")) result.resize(result.size() - 2);
  return result == "-0" ? "0" : result;
}

std::string svg_text(double x, double y, Anchor anchor, std::string_view style, std::string_view text) {
  constexpr std::array<const char*, 3> kAnchors{"start", "middle", "end"};
  return concat("<text x=\"", pixels(x), "\" y=\"", pixels(y), "\" class=\"", style, "\" text-anchor=\"",
                kAnchors[static_cast<std::size_t>(anchor)], "\">", escape_xml(text), "</text>\n");
}

std::string svg_line(double x1, double y1, double x2, double y2, std::string_view style) {
  return concat("<line x1=\"", pixels(x1), "\" y1=\"", pixels(y1), "\" x2=\"", pixels(x2), "\" y2=\"", pixels(y2), "\" class=\"",
                style, "\"/>\n");
}

std::string svg_document(double width, double height, std::string_view description, std::string_view body) {
  const std::string w = pixels(width), h = pixels(height);
  return concat("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"", w, "\" height=\"", h, "\" viewBox=\"0 0 ", w, " ", h,
                "\" role=\"img\" aria-label=\"", escape_xml(description), "\">\n<style>", styles(), "</style>\n",
                "<rect class=\"surface\" x=\"0.5\" y=\"0.5\" width=\"", pixels(width - 1), "\" height=\"", pixels(height - 1),
                "\" rx=\"6\"/>\n", body, "</svg>\n");
}

}  // namespace mynah::plot
