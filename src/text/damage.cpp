#include "text/damage.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "text/utf8.h"

namespace mynah {
namespace {

/// The byte that Windows-1252 (where it leaves gaps: Latin-1) has for a code point; 0 for none above ASCII.
unsigned char windows_1252(char32_t code_point) {
  constexpr std::u32string_view kFrom0x80 =
      U"\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
      U"\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";
  if (code_point >= 0x80 && code_point <= 0xFF) return static_cast<unsigned char>(code_point);
  const std::size_t place = kFrom0x80.find(code_point);
  return place == kFrom0x80.npos ? 0 : static_cast<unsigned char>(0x80 + place);
}

/// What may follow a capital letter by right: closing quotes, dashes, an ellipsis.
bool is_typographic(char32_t code_point) {
  constexpr std::u32string_view kMarks = U"\u2026\u2018\u2019\u201C\u201D\u201E\u201A\u2022\u2013\u2014\u2039\u203A\u2122";
  return kMarks.find(code_point) != kMarks.npos;
}

std::size_t sequence_length(unsigned char lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/// Code points that are, byte for byte, one code point of UTF-8.
struct Misread {
  std::size_t end = 0;  // offset behind them; 0: there are none here
  unsigned char lead = 0;
  char32_t second = 0;
};

Misread misread_at(std::string_view text, std::size_t offset) {
  Misread misread;
  misread.lead = windows_1252(next_code_point(text, offset));
  const std::size_t length = sequence_length(misread.lead);
  std::string bytes(1, static_cast<char>(misread.lead));
  while (bytes.size() < length && offset < text.size()) {
    const char32_t code_point = next_code_point(text, offset);
    if (bytes.size() == 1) misread.second = code_point;
    const unsigned char byte = windows_1252(code_point);
    if (byte < 0x80 || byte > 0xBF) return {};
    bytes += static_cast<char>(byte);
  }
  if (length == 0 || bytes.size() < length || !is_valid_utf8(bytes)) return {};
  misread.end = offset;
  return misread;
}

/// Whether one of its kind says enough. Others may be by right, until a second one follows.
bool is_certain(const Misread& misread) {
  constexpr char32_t kSoftHyphen = 0xAD, kNoBreakSpace = 0xA0, kEuro = 0x20AC;
  const char32_t second = misread.second;
  switch (misread.lead) {
    case 0xC2:
    case 0xC3:
      return !is_typographic(second) || second == U'\u201E' || second == U'\u2013';  // Ã„ and Ã– are German
    case 0xC4:
    case 0xC5:
      return !is_typographic(second) && second != kSoftHyphen && second != kNoBreakSpace && second != U'\u00AB' &&
             second != U'\u00BB' && second != U'\u00B7';
    case 0xE2:
      return second == kEuro || second == U'\u201A' || second == U'\u201E';
    case 0xEF:
      return second == U'\u00BB' || second == U'\u00BC';
    default:
      return misread.lead >= 0xF0;
  }
}

bool is_name_character(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

/// The offset behind "name;", "#39;" or "#x27;" at `begin`; 0 when nothing of the kind stands there.
std::size_t entity_end(std::string_view text, std::size_t begin) {
  constexpr std::size_t kLongest = 9;
  std::size_t end = begin + (text.substr(begin).starts_with('#') ? 1 : 0);
  while (end < text.size() && end - begin < kLongest && is_name_character(text[end])) ++end;
  const bool closed = end < text.size() && text[end] == ';' && end - begin >= 2;
  return closed ? end + 1 : 0;
}

bool is_known_entity(std::string_view name) {
  static constexpr std::array<std::string_view, 48> kNames = {
      "Auml",   "Eacute", "Ouml", "Uuml",  "aacute", "acirc", "agrave", "amp",   "apos",   "auml",   "bdquo",  "bull",
      "ccedil", "cent",   "copy", "deg",   "eacute", "ecirc", "egrave", "euml",  "euro",   "frac12", "gt",     "hellip",
      "iacute", "icirc",  "iuml", "laquo", "ldquo",  "lsquo", "lt",     "mdash", "middot", "nbsp",   "ndash",  "ntilde",
      "oacute", "ocirc",  "ouml", "pound", "quot",   "raquo", "rdquo",  "reg",   "rsquo",  "szlig",  "uacute", "uuml"};
  return name.starts_with('#') ? name.size() > 2 || (name.size() == 2 && name[1] >= '0' && name[1] <= '9')
                               : std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool is_html_element(std::string_view name) {
  static constexpr std::array<std::string_view, 67> kNames = {
      "a",       "abbr",   "b",     "big",  "blockquote", "body",   "br",    "button", "center", "cite",  "code",  "dd",
      "del",     "div",    "dl",    "dt",   "em",         "embed",  "font",  "form",   "frame",  "h1",    "h2",    "h3",
      "h4",      "h5",     "h6",    "head", "hr",         "html",   "i",     "iframe", "img",    "input", "ins",   "kbd",
      "label",   "li",     "link",  "meta", "nobr",       "object", "ol",    "option", "p",      "param", "pre",   "script",
      "section", "select", "small", "span", "strike",     "strong", "style", "sub",    "sup",    "table", "tbody", "td",
      "th",      "thead",  "title", "tr",   "tt",         "u",      "ul"};
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::find(kNames.begin(), kNames.end(), lower) != kNames.end();
}

/// The length of a tag at the beginning of `text`, which begins with "<"; 0 for anything else.
std::size_t tag_length(std::string_view text) {
  constexpr std::size_t kLongest = 400;
  for (const std::string_view begin : {"<!--", "<![CDATA[", "<!DOCTYPE", "<?xml"}) {
    if (text.starts_with(begin)) return begin.size();
  }
  const std::size_t name = text.starts_with("</") ? 2 : 1;
  std::size_t end = name;
  while (end < text.size() && is_name_character(text[end])) ++end;
  if (end == text.size() || (text[end] != '>' && text[end] != '/' && text[end] != ' ')) return 0;
  if (!is_html_element(text.substr(name, end - name))) return 0;
  const std::size_t close = text.substr(0, kLongest).find('>', end);
  return close == text.npos ? 0 : close + 1;
}

}  // namespace

std::string_view find_mojibake(std::string_view text) {
  constexpr unsigned char kLeadOfLatin1 = 0xC3;  // U+00C0 to U+00FF, among which the leads are
  for (std::size_t offset = text.find(static_cast<char>(kLeadOfLatin1)); offset < text.size();) {
    const Misread misread = misread_at(text, offset);
    if (misread.end != 0) {
      const bool again = misread.end < text.size() && misread_at(text, misread.end).end != 0;
      if (again || is_certain(misread)) return text.substr(offset, misread.end - offset);
    }
    offset = text.find(static_cast<char>(kLeadOfLatin1), offset + 1);
  }
  return {};
}

std::string_view find_double_escape(std::string_view text) {
  constexpr std::string_view kEscaped = "&amp;";
  for (std::size_t begin = text.find(kEscaped); begin != text.npos; begin = text.find(kEscaped, begin + 1)) {
    const std::size_t end = entity_end(text, begin + kEscaped.size());
    if (end != 0) return text.substr(begin, end - begin);
  }
  return {};
}

std::string_view find_entity(std::string_view text) {
  for (std::size_t begin = text.find('&'); begin != text.npos; begin = text.find('&', begin + 1)) {
    const std::size_t end = entity_end(text, begin + 1);
    if (end != 0 && is_known_entity(text.substr(begin + 1, end - begin - 2))) return text.substr(begin, end - begin);
  }
  return {};
}

std::string_view find_tag(std::string_view text) {
  for (std::size_t begin = text.find('<'); begin != text.npos; begin = text.find('<', begin + 1)) {
    const std::size_t length = tag_length(text.substr(begin));
    if (length != 0) return text.substr(begin, length);
  }
  return {};
}

std::string_view find_control(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t begin = offset;
    const char32_t code_point = next_code_point(text, offset);
    const bool control = (code_point < 0x20 && code_point != '\t') || (code_point >= 0x7F && code_point < 0xA0);
    const bool separator = code_point == 0x2028 || code_point == 0x2029;
    const bool noncharacter = (code_point & 0xFFFE) == 0xFFFE || (code_point >= 0xFDD0 && code_point <= 0xFDEF);
    if (control || separator || noncharacter) return text.substr(begin, offset - begin);
  }
  return {};
}

}  // namespace mynah
