// Repair of UTF-8 and the walks over code points, against a decoder written from the Unicode Standard's table 3-7.
#include "text/utf8.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz.h"

namespace {

using mynah::fuzz::expect;

constexpr char32_t kInvalid = 0xFFFFFFFF;

/// The bytes that may follow a lead byte: how many, and the range of the first of them. No rest and no ASCII: ill-formed.
struct Rest {
  int count = 0;
  unsigned low = 0x80, high = 0xBF;
};

Rest rest_of(unsigned lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {1};
  if (lead == 0xE0) return {2, 0xA0};
  if (lead == 0xED) return {2, 0x80, 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {2};
  if (lead == 0xF0) return {3, 0x90};
  if (lead >= 0xF1 && lead <= 0xF3) return {3};
  if (lead == 0xF4) return {3, 0x80, 0x8F};
  return {};
}

/// One code point, or kInvalid for a maximal subpart of an ill-formed sequence; `at` moves behind it.
char32_t decode(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t index) { return static_cast<unsigned>(static_cast<unsigned char>(text[index])); };
  const unsigned lead = byte(at++);
  if (lead < 0x80) return lead;
  Rest rest = rest_of(lead);
  if (rest.count == 0) return kInvalid;
  char32_t code_point = lead & (0x3FU >> rest.count);
  for (; rest.count > 0; --rest.count, rest.low = 0x80, rest.high = 0xBF) {
    if (at == text.size() || byte(at) < rest.low || byte(at) > rest.high) return kInvalid;
    code_point = code_point << 6 | (byte(at++) & 0x3FU);
  }
  return code_point;
}

/// Repaired text, its code points, and how many of them stand for ill-formed bytes, as the table has it.
struct Decoded {
  std::string text;
  std::vector<char32_t> code_points;
  std::size_t repaired = 0;
};

Decoded decode_all(std::string_view text) {
  Decoded result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t code_point = decode(text, at);
    result.repaired += code_point == kInvalid;
    result.code_points.push_back(code_point == kInvalid ? U'\uFFFD' : code_point);
    result.text += code_point == kInvalid ? "\uFFFD" : text.substr(begin, at - begin);
  }
  return result;
}

void check_walks(std::string_view text, const std::vector<char32_t>& code_points, bool valid) {
  std::vector<char32_t> forwards, backwards;
  for (std::size_t at = 0; at < text.size();) forwards.push_back(mynah::next_code_point(text, at));
  for (std::size_t at = text.size(); at > 0;) backwards.push_back(mynah::previous_code_point(text, at));
  std::ranges::reverse(backwards);
  expect(forwards == code_points, "next_code_point() walks over the code points");
  expect(!valid || backwards == code_points, "previous_code_point() walks back over the code points");
  expect(mynah::count_code_points(text) == code_points.size(), "count_code_points() counts them");
  for (const std::size_t limit : {std::size_t{0}, std::size_t{1}, code_points.size() / 2, code_points.size() + 1}) {
    const auto first = mynah::first_code_points(text, limit);
    expect(text.starts_with(first), "first_code_points() gives the text's beginning");
    expect(mynah::count_code_points(first) == std::min(limit, code_points.size()), "first_code_points() gives as many as asked");
  }
}

void check_trimming(std::string_view text) {
  const auto start = mynah::trim_start(text), end = mynah::trim_end(text);
  expect(text.ends_with(start) && text.starts_with(end), "trimming leaves a part of the text");
  expect(mynah::trim_start(start) == start && mynah::trim_end(end) == end, "what is trimmed stays so");
  expect(mynah::is_blank(text) == start.empty() && start.empty() == end.empty(), "blank texts are trimmed to nothing");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const Decoded expected = decode_all(text);
  std::size_t repaired = 0;
  const std::string repair = mynah::repair_utf8(text, &repaired);
  expect(repair == expected.text, "repair_utf8() replaces the maximal subparts");
  expect(repaired == expected.repaired, "repair_utf8() counts what it replaces");
  expect(mynah::is_valid_utf8(text) == (expected.repaired == 0), "is_valid_utf8() knows the table");
  expect(mynah::is_valid_utf8(repair), "repaired text is valid");
  check_walks(text, expected.code_points, expected.repaired == 0);
  check_trimming(text);
  expect(mynah::is_valid_utf8(mynah::lower_case(repair)), "lower case of valid text is valid");
  mynah::lower_case(text);
  for (const char* language : {"zh", "ru", "en", "xx"}) mynah::fits_script(text, language);
  return 0;
}
