#include "corpus/shared_words.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <unordered_set>

#include "corpus/fingerprint.h"
#include "text/utf8.h"

namespace mynah::corpus {
namespace {

bool is_letter(char32_t code_point) {
  return (U_GET_GC_MASK(static_cast<UChar32>(code_point)) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

bool is_unspaced(char32_t code_point) {
  constexpr char32_t kThai = 0xE00;  // nothing before it is
  if (code_point < kThai) return false;
  UErrorCode status = U_ZERO_ERROR;
  return uscript_breaksBetweenLetters(uscript_getScript(static_cast<UChar32>(code_point), &status)) != 0;
}

/// Calls visit(word, its letters) in order.
template <class Visit>
void each_word(std::string_view text, Visit visit) {
  std::size_t begin = 0, letters = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t here = offset;
    const char32_t code_point = next_code_point(text, offset);
    const bool letter = is_letter(code_point), alone = letter && is_unspaced(code_point);
    if (letters > 0 && (!letter || alone)) visit(text.substr(begin, here - begin), letters);
    if (!letter || alone) letters = 0;
    if (alone) visit(text.substr(here, offset - here), std::size_t{1});
    if (!letter || alone) continue;
    if (letters++ == 0) begin = here;
  }
  if (letters > 0) visit(text.substr(begin), letters);
}

}  // namespace

SideWords words_beside(std::string_view text, std::string_view other) {
  std::unordered_set<std::uint64_t> others;
  each_word(other, [&](std::string_view word, std::size_t) { others.insert(plain_fingerprint(word)); });
  SideWords side;
  each_word(text, [&](std::string_view word, std::size_t letters) {
    ++side.words;
    std::size_t offset = 0;
    const char32_t initial = next_code_point(word, offset);
    side.unspaced += letters == 1 && is_unspaced(initial);
    if (others.contains(plain_fingerprint(word))) {
      side.shared_small += u_isupper(static_cast<UChar32>(initial)) == 0;
      side.shared_letters += letters;
      return;
    }
    ++side.own_words;
    side.own.append(word).append(" ");
    side.initials.append(word.substr(0, offset));
  });
  return side;
}

}  // namespace mynah::corpus
