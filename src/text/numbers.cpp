#include "text/numbers.h"

#include <unicode/rbnf.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "text/chinese_numbers.h"
#include "text/digits.h"
#include "text/utf8.h"
#include "text/verbatim.h"

namespace mynah {
namespace {

constexpr std::u32string_view kMarks = U".,'\u2019\u066B\u066C\uFF0C\uFF0E";
constexpr std::u32string_view kGroupSpaces = U" \u00A0\u2009\u202F";

/// The number at `offset`, which moves behind it: digits, then marks with digits behind them, or spaces that group by three.
std::optional<Number> number_at(std::string_view text, std::size_t& offset) {
  const std::size_t begin = offset;
  Number number;
  std::string part = digits_at(text, offset);
  if (part.empty()) return std::nullopt;
  bool grouped = part.size() <= 3;
  while (true) {
    number.digits += part;
    number.parts.push_back(std::move(part));
    std::size_t next = offset;
    if (next >= text.size()) break;
    const char32_t mark = next_code_point(text, next);
    const bool space = kGroupSpaces.find(mark) != kGroupSpaces.npos;
    if (!space && kMarks.find(mark) == kMarks.npos) break;
    part = digits_at(text, next);
    if (part.empty() || (space && !(grouped && part.size() == 3))) break;
    grouped = grouped && space;
    offset = next;
  }
  number.text = text.substr(begin, offset - begin);
  const std::string_view behind = text.substr(offset);
  number.month = number.digits.size() <= 2 && (behind.starts_with("月") || behind.starts_with("월"));
  return number;
}

bool has_digits(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size(); next_code_point(text, offset)) {
    std::size_t next = offset;
    if (digit_at(text, next)) return true;
  }
  return false;
}

/// The text with what find_verbatim() finds in it blanked out.
std::string without_verbatim(std::string_view text) {
  std::string plain(text);
  for (const Verbatim& verbatim : find_verbatim(text)) {
    plain.replace(static_cast<std::size_t>(verbatim.text.data() - text.data()), verbatim.text.size(), verbatim.text.size(), '|');
  }
  return plain;
}

std::string without_leading_zeros(const std::string& digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == digits.npos ? "0" : digits.substr(first);
}

std::string without_trailing_zeros(const std::string& digits) {
  const std::size_t last = digits.find_last_not_of('0');
  return last == digits.npos ? digits : digits.substr(0, last + 1);
}

/// Made once for each thread and language, since making it takes a thousand times as long as using it; null when ICU has none.
const icu::RuleBasedNumberFormat* speller(const std::string& language) {
  thread_local std::map<std::string, std::unique_ptr<icu::RuleBasedNumberFormat>> spellers;
  const auto [place, is_new] = spellers.try_emplace(language);
  if (is_new) {
    UErrorCode status = U_ZERO_ERROR;
    auto format = std::make_unique<icu::RuleBasedNumberFormat>(icu::URBNF_SPELLOUT, icu::Locale(language.c_str()), status);
    if (U_SUCCESS(status)) place->second = std::move(format);
  }
  return place->second.get();
}

/// All forms in which a language spells out a number, lower case, without soft hyphens.
std::set<std::string> spelled(std::int64_t value, std::string_view language) {
  const icu::RuleBasedNumberFormat* format = speller(std::string(language));
  std::set<std::string> forms;
  if (format == nullptr) return forms;
  for (int i = 0; i < format->getNumberOfRuleSetNames(); ++i) {
    const icu::UnicodeString rules = format->getRuleSetName(i);
    icu::UnicodeString form;
    icu::FieldPosition position;
    UErrorCode status = U_ZERO_ERROR;
    format->format(value, rules, form, position, status);
    if (U_FAILURE(status)) continue;
    std::string text;
    form.findAndReplace(icu::UnicodeString(static_cast<UChar32>(0xAD)), icu::UnicodeString()).toLower().toUTF8String(text);
    if (find_numbers(text).empty()) forms.insert(text);
  }
  return forms;
}

std::string roman(std::int64_t value) {
  constexpr std::array<std::pair<std::int64_t, std::string_view>, 13> kNumerals = {{{1000, "M"},
                                                                                    {900, "CM"},
                                                                                    {500, "D"},
                                                                                    {400, "CD"},
                                                                                    {100, "C"},
                                                                                    {90, "XC"},
                                                                                    {50, "L"},
                                                                                    {40, "XL"},
                                                                                    {10, "X"},
                                                                                    {9, "IX"},
                                                                                    {5, "V"},
                                                                                    {4, "IV"},
                                                                                    {1, "I"}}};
  std::string text;
  for (const auto& [worth, numeral] : kNumerals) {
    for (; value >= worth; value -= worth) text += numeral;
  }
  return text;
}

constexpr std::int64_t kMostRoman = 3999, kMostSpelled = 1'000'000;

/// Whether the target has the number in words or Roman numerals.
bool is_spelled(const Number& number, std::string_view target, std::string_view language) {
  const std::optional<std::int64_t> value = value_of(number.digits);
  if (!value || *value > kMostSpelled) return false;
  if (*value > 0 && *value <= kMostRoman && target.find(roman(*value)) != target.npos) return true;
  const std::string lower = lower_case(target);
  return std::ranges::any_of(spelled(*value, language), [&](const std::string& form) { return lower.find(form) != lower.npos; });
}

/// The digits that a target shows, as a whole and between marks.
struct Shown {
  std::set<std::string> whole, parts, significant;

  explicit Shown(std::string_view text) {
    for (const Number& number : find_numbers(text)) {
      add(number.digits);
      for (const std::string& part : number.parts) parts.insert(without_leading_zeros(part));
    }
    for (const std::string& digits : chinese_numbers(text)) add(digits);
  }
  void add(const std::string& digits) {
    whole.insert(without_leading_zeros(digits));
    significant.insert(without_trailing_zeros(without_leading_zeros(digits)));
  }
  bool has(const std::string& digits) const {
    const std::string plain = without_leading_zeros(digits);
    if (whole.contains(plain) || parts.contains(plain)) return true;
    const std::optional<std::int64_t> value = value_of(plain);
    return value && *value >= 1 && *value <= 12 && whole.contains(std::to_string(*value + 12));  // 3 pm, 15 Uhr
  }
  /// 1,500,000 as 1.5 million; 12.50 as 12.5; 31 million as 三千一百万.
  bool has_scaled(const Number& number) const {
    constexpr std::size_t kSmallestScale = 4;  // digits of 万
    const std::string plain = without_leading_zeros(number.digits);
    const bool long_enough = number.digits.size() >= 4 || number.parts.size() > 1;
    if (long_enough && significant.contains(without_trailing_zeros(plain))) return true;
    return std::ranges::any_of(whole, [&](const std::string& digits) {
      return digits.size() >= plain.size() + kSmallestScale && digits.starts_with(plain) &&
             digits.find_first_not_of('0', plain.size()) == digits.npos;
    });
  }
};

}  // namespace

std::vector<Number> find_numbers(std::string_view text) {
  if (!has_digits(text)) return {};
  const std::string plain = without_verbatim(text);
  std::vector<Number> numbers;
  for (std::size_t offset = 0; offset < plain.size();) {
    if (std::optional<Number> number = number_at(plain, offset)) {
      numbers.push_back(*std::move(number));
    } else {
      next_code_point(plain, offset);
    }
  }
  return numbers;
}

std::vector<Number> missing_numbers(std::string_view source, std::string_view target, std::string_view target_language) {
  std::vector<Number> missing = find_numbers(source);
  if (missing.empty()) return missing;
  const Shown shown(target);
  std::erase_if(missing, [&](const Number& number) {
    const auto has = [&](const std::string& digits) { return shown.has(digits); };
    return number.month || has(number.digits) || std::ranges::all_of(number.parts, has) || shown.has_scaled(number) ||
           is_spelled(number, target, target_language);
  });
  return missing;
}

}  // namespace mynah
