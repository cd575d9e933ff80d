#include "text/words.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "text/utf8.h"

namespace mynah {
namespace {

enum class Kind { other, part, whole };  // of a character: outside words, part of one, one by itself

bool stands_alone(UChar32 code_point) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(code_point, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
    case USCRIPT_TIBETAN:
      return true;
    default:
      return false;
  }
}

Kind kind_of(char32_t character) {
  const auto code_point = static_cast<UChar32>(character);
  if (code_point < 0x80) return u_isalnum(code_point) != 0 ? Kind::part : Kind::other;
  if (u_isalpha(code_point) != 0) return stands_alone(code_point) ? Kind::whole : Kind::part;
  return u_isdigit(code_point) != 0 || (U_GET_GC_MASK(code_point) & U_GC_M_MASK) != 0 ? Kind::part : Kind::other;
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;  // of the word that is open
  const auto close = [&](std::size_t end) {
    if (end > begin) words.push_back(text.substr(begin, end - begin));
  };
  for (std::size_t next = 0; next < text.size();) {
    const std::size_t here = next;
    const Kind kind = kind_of(next_code_point(text, next));
    if (kind == Kind::part) continue;
    close(here);
    if (kind == Kind::whole) words.push_back(text.substr(here, next - here));
    begin = next;
  }
  close(text.size());
  return words;
}

std::size_t count_letters(std::string_view text) {
  std::size_t letters = 0;
  for (std::size_t next = 0; next < text.size();) {
    letters += u_isalpha(static_cast<UChar32>(next_code_point(text, next))) != 0 ? 1 : 0;
  }
  return letters;
}

bool is_lower_case(std::string_view word) {
  bool some = false;
  for (std::size_t next = 0; next < word.size();) {
    const auto code_point = static_cast<UChar32>(next_code_point(word, next));
    if (u_isalpha(code_point) == 0) continue;
    if (u_islower(code_point) == 0) return false;
    some = true;
  }
  return some;
}

}  // namespace mynah
