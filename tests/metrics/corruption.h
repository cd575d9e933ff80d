// Hypotheses for metric tests: references damaged by a fixed rule, so that stored scores need no stored text.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mynah::metrics {

/// A well mixed number of `value` (Steele, Lea and Flood's SplitMix64).
inline std::uint64_t mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

/// What damage is done to: the parts between spaces, or the characters of text written without spaces.
inline std::vector<std::string> parts(std::string_view line) {
  std::vector<std::string> result(1);
  const bool spaced = line.find(' ') != line.npos;
  for (const char byte : line) {
    const bool starts_character = (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
    if (spaced ? byte == ' ' : starts_character && !result.back().empty()) result.emplace_back();
    if (!spaced || byte != ' ') result.back().push_back(byte);
  }
  return result;
}

/// About a third of the parts are dropped, doubled, swapped, given a comma or the other case; every fortieth line is emptied.
inline std::string corrupt(std::string_view line, std::uint64_t line_number) {
  if (mix(line_number) % 40 == 0) return "";
  std::vector<std::string> kept, source = parts(line);
  for (std::size_t i = 0; i < source.size(); ++i) {
    std::string& part = source[i];
    switch (mix(line_number * 1000 + i) % 15) {
      case 0:
        continue;
      case 1:
        kept.push_back(part);
        break;
      case 2:
        if (i + 1 < source.size()) part.swap(source[i + 1]);
        break;
      case 3:
        part.push_back(',');
        break;
      case 4:
        if (!part.empty() && static_cast<unsigned char>((part[0] | 0x20) - 'a') < 26) part[0] = static_cast<char>(part[0] ^ 0x20);
        break;
      default:
        break;
    }
    kept.push_back(part);
  }
  std::string result;
  for (std::size_t i = 0; i < kept.size(); ++i) result += (i > 0 && line.find(' ') != line.npos ? " " : "") + kept[i];
  return result;
}

inline std::vector<std::string> corrupt(const std::vector<std::string>& lines) {
  std::vector<std::string> result;
  for (const std::string& line : lines) result.push_back(corrupt(line, result.size() + 1));
  return result;
}

}  // namespace mynah::metrics
