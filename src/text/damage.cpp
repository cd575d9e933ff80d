#include "text/damage.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "text/utf8.h"

namespace mynah {
namespace {

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
