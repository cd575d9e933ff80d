#include "corpus/shared_words.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <unordered_set>

#include "corpus/text_key.h"
#include "text/utf8.h"
#include "text/words.h"

namespace mynah::corpus {
namespace {

bool is_unspaced(char32_t character) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_breaksBetweenLetters(uscript_getScript(static_cast<UChar32>(character), &status)) != 0;
}

}  // namespace

SideWords words_beside(std::string_view text, std::string_view other) {
  std::unordered_set<std::uint64_t> others;
  for (const std::string_view word : words_of(other)) others.insert(plain_text_key(word));
  SideWords side;
  for (const std::string_view word : words_of(text)) {
    ++side.words;
    std::size_t offset = 0;
    const char32_t initial = next_code_point(word, offset);
    side.unspaced += is_unspaced(initial);
    if (others.contains(plain_text_key(word))) {
      side.shared_small += u_isalpha(static_cast<UChar32>(initial)) != 0 && u_isupper(static_cast<UChar32>(initial)) == 0;
      side.shared_letters += count_code_points(word);
      continue;
    }
    ++side.own_words;
    if (is_unspaced(initial) || offset < word.size()) side.own.append(word).append(" ");
    side.initials.append(word.substr(0, offset));
  }
  return side;
}

}  // namespace mynah::corpus
