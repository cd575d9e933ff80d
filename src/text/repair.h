// What text from the world needs before a model may see it, and how often it did.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace mynah {

/// How many of each were repaired.
struct Repairs {
  std::uint64_t invalid = 0;   // ill-formed UTF-8 sequences (or UTF-16 units), read as U+FFFD
  std::uint64_t nul = 0;       // NUL characters, left out
  std::uint64_t bom = 0;       // byte order marks, left out
  std::uint64_t returns = 0;   // carriage returns within a line, read as spaces
  std::uint64_t controls = 0;  // other control characters, left out (a form feed or vertical tab is read as a space)

  bool any() const { return invalid + nul + bom + returns + controls > 0; }
  Repairs& operator+=(const Repairs& other);
  bool operator==(const Repairs&) const = default;
};

/// "2 invalid UTF-8 sequences, 1 NUL": what was repaired, in words; empty when nothing was.
std::string describe(const Repairs& repairs);

/// A line of text as valid UTF-8 without control characters but tabs. Marks for direction, joiners, variation selectors and
/// line separators of Unicode are text and stay. `repairs` grows.
std::string repair_line(std::string_view line, Repairs& repairs);

}  // namespace mynah
