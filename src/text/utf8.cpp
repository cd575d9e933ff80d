#include "text/utf8.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

#include "base/error.h"

namespace mynah {
namespace {

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // within ICU's macros

/// The code point at `offset`, which moves behind it. Negative where the bytes are ill-formed: then `offset` moves behind a
/// maximal subpart, the unit that Unicode replaces by one U+FFFD.
UChar32 decode_next(std::string_view text, std::size_t& offset) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 code_point = 0;
  U8_NEXT(bytes, offset, text.size(), code_point);
  return code_point;
}

/// The same for the code point that ends at `offset`, which moves in front of it.
UChar32 decode_previous(std::string_view text, std::size_t& offset) {
  constexpr std::size_t kLongest = 4;
  const std::size_t start = offset < kLongest ? 0 : offset - kLongest;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data() + start);
  auto index = static_cast<std::int32_t>(offset - start);
  UChar32 code_point = 0;
  U8_PREV(bytes, 0, index, code_point);
  offset = start + static_cast<std::size_t>(index);
  return code_point;
}

#pragma GCC diagnostic pop

constexpr char32_t kReplacement = 0xFFFD;

char32_t or_replacement(UChar32 code_point) { return code_point < 0 ? kReplacement : static_cast<char32_t>(code_point); }

/// Calls visit(code point or a negative number, bytes) in order until it returns false.
template <class Visit>
void each_code_point(std::string_view text, Visit visit) {
  for (std::size_t next = 0; next < text.size();) {
    const std::size_t begin = next;
    const UChar32 code_point = decode_next(text, next);
    if (!visit(code_point, text.substr(begin, next - begin))) return;
  }
}

bool is_ascii(char byte) { return static_cast<unsigned char>(byte) < 0x80; }

/// The scripts a language is written in; none where ICU does not know it. Each thread remembers the answers, which take long to
/// find.
const std::vector<UScriptCode>& scripts_of(const std::string& language) {
  thread_local std::map<std::string, std::vector<UScriptCode>> known;
  const auto [place, is_new] = known.try_emplace(language);
  if (is_new) {
    constexpr int kMost = 8;
    std::vector<UScriptCode>& scripts = place->second;
    scripts.resize(kMost);
    UErrorCode status = U_ZERO_ERROR;
    const int count = uscript_getCode(language.c_str(), scripts.data(), kMost, &status);
    scripts.resize(U_FAILURE(status) ? 0 : static_cast<std::size_t>(count));
  }
  return place->second;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  bool valid = true;
  each_code_point(text, [&](UChar32 code_point, std::string_view) { return valid = code_point >= 0; });
  return valid;
}

std::string repair_utf8(std::string_view text, std::size_t* repaired) {
  std::string result;
  result.reserve(text.size());
  each_code_point(text, [&](UChar32 code_point, std::string_view bytes) {
    result += code_point < 0 ? std::string_view("\xEF\xBF\xBD") : bytes;
    if (repaired != nullptr && code_point < 0) ++*repaired;
    return true;
  });
  return result;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  each_code_point(text, [&](UChar32, std::string_view) { return ++count > 0; });
  return count;
}

std::string_view first_code_points(std::string_view text, std::size_t limit) {
  std::size_t size = 0;
  each_code_point(text, [&](UChar32, std::string_view bytes) {
    if (limit-- == 0) return false;
    size += bytes.size();
    return true;
  });
  return text.substr(0, size);
}

char32_t next_code_point(std::string_view text, std::size_t& offset) { return or_replacement(decode_next(text, offset)); }

char32_t previous_code_point(std::string_view text, std::size_t& offset) { return or_replacement(decode_previous(text, offset)); }

bool is_white_space(char32_t code_point) { return u_isUWhiteSpace(static_cast<UChar32>(code_point)) != 0; }

std::string_view trim_start(std::string_view text) {
  std::size_t begin = 0;
  for (std::size_t next = 0; next < text.size() && is_white_space(next_code_point(text, next));) begin = next;
  return text.substr(begin);
}

std::string_view trim_end(std::string_view text) {
  std::size_t end = text.size();
  for (std::size_t before = end; before > 0 && is_white_space(previous_code_point(text, before));) end = before;
  return text.substr(0, end);
}

bool is_blank(std::string_view text) { return trim_start(text).empty(); }

std::string lower_case(std::string_view text) {
  std::string result;
  if (std::ranges::all_of(text, is_ascii)) {  // most words are, and ICU takes its time
    std::ranges::transform(text, std::back_inserter(result),
                           [](char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return result;
  }
  icu::StringByteSink<std::string> sink(&result, static_cast<std::int32_t>(text.size()));
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8ToLower("", 0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr, status);
  ensure(U_SUCCESS(status), "ICU lowers the case of any UTF-8");
  return result;
}

double script_share(std::string_view text, std::string_view language) {
  if (language.empty()) return 1;  // to ICU it would mean the language of this machine
  const std::vector<UScriptCode>& scripts = scripts_of(std::string(language));
  if (scripts.empty()) return 1;
  std::size_t letters = 0, fitting = 0;
  each_code_point(text, [&](UChar32 code_point, std::string_view) {
    if (code_point < 0 || !u_isalpha(code_point)) return true;
    ++letters;
    fitting += std::ranges::any_of(scripts, [&](UScriptCode script) { return uscript_hasScript(code_point, script) != 0; });
    return true;
  });
  return letters == 0 ? 1 : static_cast<double>(fitting) / static_cast<double>(letters);
}

bool fits_script(std::string_view text, std::string_view language) { return script_share(text, language) >= 0.5; }

}  // namespace mynah
