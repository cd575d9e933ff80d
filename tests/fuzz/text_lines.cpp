// Text files as lines, in any of Unicode's encodings, against decoding and cutting written anew. The first byte says how long the
// pieces of a line may be.
#include "documents/text_lines.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz.h"
#include "memory_file.h"
#include "text/repair.h"
#include "text/utf8.h"

namespace {

using mynah::documents::TextLine;
using mynah::fuzz::expect;

void append(char32_t code_point, std::string& text) {
  const auto byte = [&](unsigned first, int shift, unsigned mask) {
    text += static_cast<char>(first | (code_point >> shift & mask));
  };
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = 0xFFFD;
  if (code_point < 0x80) return byte(0, 0, 0x7F);
  if (code_point < 0x800) return byte(0xC0, 6, 0x1F), byte(0x80, 0, 0x3F);
  if (code_point < 0x10000) return byte(0xE0, 12, 0x0F), byte(0x80, 6, 0x3F), byte(0x80, 0, 0x3F);
  byte(0xF0, 18, 0x07), byte(0x80, 12, 0x3F), byte(0x80, 6, 0x3F), byte(0x80, 0, 0x3F);
}

constexpr char32_t kIncomplete = 0xFFFFFFFF;  // a unit that the end cut short

/// Units of two or four bytes.
std::vector<char32_t> units_of(std::string_view bytes, std::size_t size, bool little_endian) {
  std::vector<char32_t> units;
  for (std::size_t begin = 0; begin < bytes.size(); begin += size) {
    char32_t unit = bytes.size() - begin < size ? kIncomplete : 0;
    for (std::size_t i = 0; i < size && unit != kIncomplete; ++i) {
      unit = unit << 8 | static_cast<unsigned char>(bytes[begin + (little_endian ? size - 1 - i : i)]);
    }
    units.push_back(unit);
  }
  return units;
}

std::string from_utf16(const std::vector<char32_t>& units) {
  std::string text;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const char32_t first = units[i], second = i + 1 < units.size() ? units[i + 1] : 0;
    const bool leads = first >= 0xD800 && first < 0xDC00;
    const bool pair = leads && second >= 0xDC00 && second < 0xE000;
    append(pair ? 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00) : first, text);
    i += pair || (leads && second == kIncomplete) ? 1 : 0;  // a pair cut short is one error
  }
  return text;
}

std::string from_utf32(const std::vector<char32_t>& units) {
  std::string text;
  for (const char32_t unit : units) append(unit, text);
  return text;
}

/// The file as it should be read before lines are repaired.
std::string decoded(std::string_view file) {
  using namespace std::string_view_literals;
  const auto rest = [&](std::string_view mark) { return file.substr(mark.size()); };
  for (const bool little_endian : {true, false}) {
    if (const auto mark = little_endian ? "\xFF\xFE\0\0"sv : "\0\0\xFE\xFF"sv; file.starts_with(mark)) {
      return from_utf32(units_of(rest(mark), 4, little_endian));
    }
    if (const auto mark = little_endian ? "\xFF\xFE"sv : "\xFE\xFF"sv; file.starts_with(mark)) {
      return from_utf16(units_of(rest(mark), 2, little_endian));
    }
  }
  return std::string(file.starts_with("\xEF\xBB\xBF") ? file.substr(3) : file);
}

/// Takes the pieces of one line from `lines` and compares them with it.
void check_line(mynah::documents::TextLines& lines, std::string_view expected, std::string_view end, std::size_t longest) {
  TextLine piece;
  std::string text;
  do {
    expect(lines.next(piece), "no line is missing");
    expect(mynah::is_valid_utf8(piece.text) && piece.text.find('\n') == std::string::npos, "a line is valid UTF-8");
    expect(piece.complete || piece.end.empty(), "a line ends once");
    text += piece.text;
  } while (!piece.complete);
  expect(piece.end == end, "a line has the end it had");
  mynah::Repairs repairs;
  const bool whole = expected.size() <= longest;
  const bool exact = whole || mynah::is_valid_utf8(expected);  // ill-formed bytes may be cut apart, and marks begin a piece
  if (exact && (whole || expected.find("\uFEFF") == expected.npos)) {
    expect(text == mynah::repair_line(expected, repairs), "a line is the file's, repaired");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  static mynah::fuzz::MemoryFile file;
  const std::string_view content(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  if (mynah::fuzz::is_compressed(content)) return 0;
  file.fill(content);
  const std::size_t longest = 4 + bytes[0];
  mynah::documents::TextLines lines(file.path(), longest);
  const std::string text = decoded(content);
  std::uint64_t count = 0;
  for (std::size_t begin = 0; begin < text.size(); ++count) {
    const std::size_t newline = text.find('\n', begin);
    const bool last = newline == text.npos;
    const std::string_view line = std::string_view(text).substr(begin, last ? text.npos : newline - begin);
    const bool returns = !last && line.ends_with('\r');
    check_line(lines, line.substr(0, line.size() - (returns ? 1 : 0)), last ? "" : returns ? "\r\n" : "\n", longest);
    begin += line.size() + 1;
  }
  TextLine more;
  expect(!lines.next(more), "no line comes from nowhere");
  expect(lines.lines() == count, "lines are counted");
  return 0;
}
