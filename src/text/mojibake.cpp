#include "text/mojibake.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "text/utf8.h"

namespace mynah {
namespace {

/// What Windows-1252 has at 0x80 to 0x9F; 0 where it has nothing.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};

/// The byte that was read as this character.
std::optional<std::uint8_t> byte_of(char32_t character) {
  if (character < 0x100) return static_cast<std::uint8_t>(character);
  const auto place = std::ranges::find(kWindows1252, character);
  if (place == kWindows1252.end()) return std::nullopt;
  return static_cast<std::uint8_t>(0x80 + (place - kWindows1252.begin()));
}

/// How many bytes follow this one in UTF-8; 0 where it begins no sequence.
std::size_t followers(std::uint8_t byte) {
  if (byte < 0xC2 || byte > 0xF4) return 0;
  return byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
}

/// Whether the next characters are so many continuation bytes; U+FFFD stands for bytes that Windows-1252 does not have.
bool continues(std::string_view text, std::size_t next, std::size_t count) {
  for (; count > 0; --count) {
    if (next >= text.size()) return false;
    const char32_t character = next_code_point(text, next);
    const std::optional<std::uint8_t> byte = byte_of(character);
    if (character != 0xFFFD && (!byte || *byte < 0x80 || *byte > 0xBF)) return false;
  }
  return true;
}

/// Code points that are, byte for byte, one code point of UTF-8.
struct Misread {
  std::size_t end = 0;  // offset behind them; 0: there are none here
  std::uint8_t lead = 0;
  char32_t second = 0;
};

Misread misread_at(std::string_view text, std::size_t offset) {
  Misread misread;
  misread.lead = byte_of(next_code_point(text, offset)).value_or(0);
  std::string bytes(1, static_cast<char>(misread.lead));
  for (std::size_t more = followers(misread.lead); more > 0; --more) {
    if (offset >= text.size()) return {};
    const char32_t character = next_code_point(text, offset);
    if (bytes.size() == 1) misread.second = character;
    bytes += static_cast<char>(byte_of(character).value_or(0));
  }
  if (bytes.size() > 1 && is_valid_utf8(bytes)) misread.end = offset;
  return misread;
}

/// What may follow a capital letter by right: closing quotes, dashes, an ellipsis.
bool is_typographic(char32_t character) {
  constexpr std::u32string_view kMarks = U"\u2026\u2018\u2019\u201C\u201D\u201E\u201A\u2022\u2013\u2014\u2039\u203A\u2122";
  return kMarks.find(character) != kMarks.npos;
}

/// Whether one of its kind says enough.
bool is_certain(const Misread& misread) {
  constexpr std::u32string_view kUsual = U"\u00A0\u00AB\u00AD\u00B7\u00BB";  // behind Ä and Å
  const char32_t second = misread.second;
  switch (misread.lead) {
    case 0xC2:
    case 0xC3:
      return !is_typographic(second) || second == U'\u201E' || second == U'\u2013';  // Ã„ and Ã– are German
    case 0xC4:
    case 0xC5:
      return !is_typographic(second) && kUsual.find(second) == kUsual.npos;
    case 0xE2:
      return second == U'\u20AC' || second == U'\u201A' || second == U'\u201E';
    case 0xEF:
      return second == U'\u00BB' || second == U'\u00BC';
    default:
      return misread.lead >= 0xF0;
  }
}

}  // namespace

std::string_view find_mojibake(std::string_view text) {
  constexpr char kLeadOfLatin1 = '\xC3';  // U+00C0 to U+00FF, among which the leads are
  for (std::size_t begin = text.find(kLeadOfLatin1); begin != text.npos; begin = text.find(kLeadOfLatin1, begin + 1)) {
    const Misread misread = misread_at(text, begin);
    if (misread.end == 0) continue;
    const bool again = misread.end < text.size() && misread_at(text, misread.end).end != 0;
    if (again || is_certain(misread)) return text.substr(begin, misread.end - begin);
  }
  return {};
}

std::size_t count_mojibake(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t next = 0; next < text.size();) {
    const std::optional<std::uint8_t> byte = byte_of(next_code_point(text, next));
    const std::size_t more = byte ? followers(*byte) : 0;
    if (more > 0 && continues(text, next, more)) ++count;
  }
  return count;
}

}  // namespace mynah
