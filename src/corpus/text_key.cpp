#include "corpus/text_key.h"

#include <unicode/uchar.h>
#include <xxhash.h>

#include <array>

#include "base/random.h"
#include "text/utf8.h"

namespace mynah::corpus {
namespace {

/// The code point without its case; 0 when it counts for nothing.
char32_t plain(char32_t code_point) {
  const auto value = static_cast<UChar32>(code_point);
  const std::uint32_t category = U_GET_GC_MASK(value);
  if ((category & (U_GC_P_MASK | U_GC_Z_MASK | U_GC_C_MASK)) != 0) return 0;
  return static_cast<char32_t>(u_foldCase(value, U_FOLD_CASE_DEFAULT));
}

std::array<char32_t, 128> plain_ascii() {
  std::array<char32_t, 128> table{};
  for (char32_t code_point = 0; code_point < table.size(); ++code_point) table[code_point] = plain(code_point);
  return table;
}

}  // namespace

std::uint64_t text_key(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

std::uint64_t plain_text_key(std::string_view text, std::size_t* kept) {
  static const std::array<char32_t, 128> kAscii = plain_ascii();
  std::uint64_t hash = 0, word = 0;
  std::size_t count = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const auto byte = static_cast<unsigned char>(text[offset]);
    const char32_t code_point = byte < kAscii.size() ? (++offset, kAscii[byte]) : plain(next_code_point(text, offset));
    if (code_point == 0) continue;
    word = word << 32 | code_point;
    if (++count % 2 == 0) hash = mix64(hash ^ word);
  }
  if (kept != nullptr) *kept = count;
  return count == 0 ? 0 : mix64(hash ^ word ^ (count << 21));
}

}  // namespace mynah::corpus
