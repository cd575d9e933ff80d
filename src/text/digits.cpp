#include "text/digits.h"

#include <unicode/uchar.h>

#include "text/utf8.h"

namespace mynah {

std::optional<char> digit_at(std::string_view text, std::size_t& offset) {
  if (offset >= text.size()) return std::nullopt;
  std::size_t next = offset;
  const int value = u_charDigitValue(static_cast<UChar32>(next_code_point(text, next)));
  if (value < 0) return std::nullopt;
  offset = next;
  return static_cast<char>('0' + value);
}

std::string digits_at(std::string_view text, std::size_t& offset) {
  std::string digits;
  while (const std::optional<char> digit = digit_at(text, offset)) digits += *digit;
  return digits;
}

std::optional<std::int64_t> value_of(const std::string& digits) {
  if (digits.size() > 15) return std::nullopt;
  return std::stoll(digits);
}

}  // namespace mynah
