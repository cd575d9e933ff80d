#include "text/mojibake.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

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

}  // namespace

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
