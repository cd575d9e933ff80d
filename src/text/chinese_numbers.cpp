#include "text/chinese_numbers.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "text/digits.h"
#include "text/utf8.h"

namespace mynah {
namespace {

constexpr std::u32string_view kChineseDigits = U"〇一二三四五六七八九零两兩";

int chinese_digit(char32_t character) {
  const std::size_t place = kChineseDigits.find(character);
  if (place == kChineseDigits.npos) return -1;
  return place < 10 ? static_cast<int>(place) : place == 10 ? 0 : 2;
}

std::uint64_t chinese_unit(char32_t character) {
  switch (character) {
    case U'十':
      return 10;
    case U'百':
      return 100;
    case U'千':
      return 1000;
    case U'万':
    case U'萬':
      return 10'000;
    case U'亿':
    case U'億':
      return 100'000'000;
    default:
      return 0;
  }
}

/// Adds up digits and units as they come: 三千五百万 is (3·1000 + 5·100)·10000.
class ChineseNumber {
 public:
  void digit(std::uint64_t value) {
    written_ += static_cast<char>('0' + value);
    last_ = value;
  }
  void digits(const std::string& digits) {
    written_ += digits;
    last_ = static_cast<std::uint64_t>(value_of(digits).value_or(0));
  }
  void unit(std::uint64_t unit) {
    units_ = true;
    if (unit < 10'000) {
      section_ += std::max<std::uint64_t>(last_, 1) * unit;
    } else if (unit == 10'000) {
      myriads_ += std::max<std::uint64_t>(section_ + last_, 1) * unit;
      section_ = 0;
    } else {
      total_ += std::max<std::uint64_t>(myriads_ + section_ + last_, 1) * unit;
      myriads_ = section_ = 0;
    }
    last_ = 0;
  }
  bool empty() const { return written_.empty() && !units_; }
  /// With units the sum; without, the digits one after the other (a year).
  std::string text() const { return units_ ? std::to_string(total_ + myriads_ + section_ + last_) : written_; }

 private:
  std::string written_;
  std::uint64_t total_ = 0, myriads_ = 0, section_ = 0, last_ = 0;
  bool units_ = false;
};

}  // namespace

std::vector<std::string> chinese_numbers(std::string_view text) {
  std::vector<std::string> numbers;
  ChineseNumber open;
  for (std::size_t offset = 0; offset < text.size();) {
    if (const std::string digits = digits_at(text, offset); !digits.empty()) {
      open.digits(digits);
      continue;
    }
    const char32_t character = next_code_point(text, offset);
    if (const int digit = chinese_digit(character); digit >= 0) {
      open.digit(static_cast<std::uint64_t>(digit));
    } else if (const std::uint64_t unit = chinese_unit(character)) {
      open.unit(unit);
    } else if (!open.empty()) {
      numbers.push_back(std::exchange(open, {}).text());
    }
  }
  if (!open.empty()) numbers.push_back(open.text());
  return numbers;
}

}  // namespace mynah
