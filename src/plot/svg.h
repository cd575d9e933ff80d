// The few SVG elements that pictures here are made of, in one look for light and dark backgrounds.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace mynah::plot {

/// Text with the characters that XML gives a meaning replaced, and control characters left out.
std::string escape_xml(std::string_view text);

/// A number with a tenth of a pixel's precision: "12", "0.5".
std::string pixels(double value);

/// Text whose baseline starts (ends, is centred) at x, y. Styles: "title", "label", "tick".
enum class Anchor { kStart, kMiddle, kEnd };
std::string svg_text(double x, double y, Anchor anchor, std::string_view style, std::string_view text);

/// A straight line in one of the styles "grid", "axis".
std::string svg_line(double x1, double y1, double x2, double y2, std::string_view style);

/// The document around `body`: size, description for readers who cannot see it, background and styles. Strokes and fills of
/// class "series0" … "series7" are eight colours told apart with any colour vision.
std::string svg_document(double width, double height, std::string_view description, std::string_view body);

inline constexpr int kSeriesColors = 8;

}  // namespace mynah::plot
