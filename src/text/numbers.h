// Numbers in text, in whatever digits and grouping, and whether a translation still has them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace mynah {

/// A number as written: "1,500", "1.500", "1 500" and "１５００" have the same digits; "10:30" is two numbers.
struct Number {
  std::string text;
  std::string digits;              // ASCII, grouping and decimal marks left out
  std::vector<std::string> parts;  // the digits between the marks
  bool month = false;              // 5月, which may well become May
};

/// All numbers written in digits, in the order of the text; those within addresses and placeholders apart.
std::vector<Number> find_numbers(std::string_view text);

/// The numbers of `source` that `target` (in `target_language`) has in no form: digits however grouped or scaled, words,
/// Roman or Chinese numerals, or an hour of the other clock.
std::vector<Number> missing_numbers(std::string_view source, std::string_view target, std::string_view target_language);

}  // namespace mynah
