#include "text/repair.h"

#include <algorithm>

#include "base/error.h"
#include "text/utf8.h"

namespace mynah {
namespace {

constexpr char32_t kByteOrderMark = 0xFEFF, kNextLine = 0x85;

/// C0 but the tab, DEL, C1 but NEL (which is white space).
bool is_control(char32_t code_point) {
  return (code_point < 0x20 && code_point != '\t') || (code_point >= 0x7F && code_point < 0xA0 && code_point != kNextLine);
}

/// Whether nothing at all is to be done, as is nearly always the case.
bool is_clean(std::string_view text) {
  const auto harmless = [](char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return value >= 0x20 ? value != 0x7F && value != 0xC2 && value != 0xEF : value == '\t';
  };
  return std::ranges::all_of(text, harmless);
}

/// What stands for a control character.
std::string_view instead_of(char32_t control, Repairs& repairs) {
  if (control == '\0') return ++repairs.nul, "";
  if (control == '\r') return ++repairs.returns, " ";
  ++repairs.controls;
  return control == '\f' || control == '\v' || control == '\n' ? " " : "";
}

std::string without_controls(std::string_view text, Repairs& repairs) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t begin = offset;
    const char32_t code_point = next_code_point(text, offset);
    if (code_point == kByteOrderMark && begin == 0) {
      ++repairs.bom;
    } else if (is_control(code_point)) {
      result += instead_of(code_point, repairs);
    } else {
      result += text.substr(begin, offset - begin);
    }
  }
  return result;
}

}  // namespace

Repairs& Repairs::operator+=(const Repairs& other) {
  invalid += other.invalid;
  nul += other.nul;
  bom += other.bom;
  returns += other.returns;
  controls += other.controls;
  return *this;
}

std::string describe(const Repairs& repairs) {
  std::string text;
  const auto say = [&](std::uint64_t count, const char* one, const char* many) {
    if (count > 0) text += concat(text.empty() ? "" : ", ", count, " ", count == 1 ? one : many);
  };
  say(repairs.invalid, "invalid UTF-8 sequence", "invalid UTF-8 sequences");
  say(repairs.nul, "NUL", "NULs");
  say(repairs.bom, "byte order mark", "byte order marks");
  say(repairs.returns, "carriage return", "carriage returns");
  say(repairs.controls, "control character", "control characters");
  return text;
}

std::string repair_line(std::string_view line, Repairs& repairs) {
  const bool valid = is_valid_utf8(line);
  if (valid && is_clean(line)) return std::string(line);
  std::size_t invalid = 0;
  const std::string text = valid ? std::string(line) : repair_utf8(line, &invalid);
  repairs.invalid += invalid;
  return without_controls(text, repairs);
}

}  // namespace mynah
