#include "documents/mail.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "text/utf8.h"

namespace mynah::documents {
namespace {

using Lines = std::span<const std::string>;

/// "from" of "From: Ann"; empty where the line is no header field.
std::string field_of(std::string_view line) {
  const std::string_view name = line.substr(0, std::min(line.find(':'), line.size()));
  const bool named = name.size() < line.size() && name.find_first_of(" \t") == name.npos;
  return named ? lower_case(name) : std::string();
}

bool is_well_known(std::string_view field) {
  constexpr std::array<std::string_view, 5> kFields{"from", "to", "cc", "subject", "date"};
  return std::ranges::find(kFields, field) != kFields.end();
}

bool goes_on(std::string_view line) { return line.starts_with(' ') || line.starts_with('\t'); }

/// The line behind the header that the text begins with; 0 where it begins with none.
std::size_t end_of_header(Lines lines) {
  std::size_t line = 0, well_known = 0;
  while (line < lines.size() && is_blank(lines[line])) ++line;
  for (const std::size_t first = line; line < lines.size() && !is_blank(lines[line]); ++line) {
    const std::string field = field_of(lines[line]);
    if (field.empty() && (line == first || !goes_on(lines[line]))) return 0;
    well_known += is_well_known(field) ? 1 : 0;
  }
  return well_known >= 2 && line < lines.size() ? line : 0;
}

bool is_quoted(std::string_view line) { return trim_start(line).starts_with('>'); }

/// Where "On Monday, Ann wrote:", perhaps broken into two lines, begins in front of a quotation; its line where nobody says so.
std::size_t begin_of_attribution(Lines lines, std::size_t quotation) {
  std::size_t last = quotation;
  while (last > 0 && is_blank(lines[last - 1])) --last;
  if (last == 0 || !trim_end(lines[last - 1]).ends_with("wrote:")) return quotation;
  for (std::size_t first = last; first > 0 && first + 2 > last; --first) {
    if (lines[first - 1].starts_with("On ")) return first - 1;
  }
  return quotation;
}

/// "--" by itself parts the signature, as RFC 3676 has it; what is quoted or set aside behind it is no matter.
std::size_t begin_of_signature(Lines lines) {
  const auto last = std::find_if(lines.rbegin(), lines.rend(), [](const std::string& line) { return trim_end(line) == "--"; });
  return last == lines.rend() ? lines.size() : static_cast<std::size_t>(lines.rend() - last) - 1;
}

}  // namespace

std::vector<bool> mail_asides(Lines lines) {
  const auto at = [](std::size_t line) { return static_cast<std::ptrdiff_t>(line); };
  const std::size_t header = end_of_header(lines);
  std::vector<bool> asides(lines.size());
  std::fill(asides.begin(), asides.begin() + at(header), true);
  bool is_mail = header > 0;
  for (std::size_t line = 0; line < lines.size(); ++line) {
    if (!is_quoted(lines[line])) continue;
    asides[line] = true;
    const std::size_t attribution = line > 0 && is_quoted(lines[line - 1]) ? line : begin_of_attribution(lines, line);
    std::fill(asides.begin() + at(attribution), asides.begin() + at(line), true);
    is_mail |= attribution < line;
  }
  if (!is_mail) return std::vector<bool>(lines.size());
  std::fill(asides.begin() + at(begin_of_signature(lines)), asides.end(), true);
  return asides;
}

}  // namespace mynah::documents
