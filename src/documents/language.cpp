#include "documents/language.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <array>
#include <map>

#include "text/function_words.h"
#include "text/utf8.h"

namespace mynah::documents {
namespace {

constexpr std::size_t kLookedAt = 20000;  // code points

struct Entry {
  UScriptCode script;
  const char* language;
};
constexpr std::array<Entry, 10> kByScript{{{USCRIPT_HIRAGANA, "ja"},
                                           {USCRIPT_HAN, "zh"},
                                           {USCRIPT_HANGUL, "ko"},
                                           {USCRIPT_CYRILLIC, "ru"},
                                           {USCRIPT_GREEK, "el"},
                                           {USCRIPT_ARABIC, "ar"},
                                           {USCRIPT_HEBREW, "he"},
                                           {USCRIPT_DEVANAGARI, "hi"},
                                           {USCRIPT_THAI, "th"},
                                           {USCRIPT_LATIN, ""}}};

std::map<UScriptCode, std::size_t> count_scripts(std::string_view text) {
  std::map<UScriptCode, std::size_t> letters;
  for (std::size_t next = 0; next < text.size();) {
    const auto letter = static_cast<UChar32>(next_code_point(text, next));
    if (!u_isalpha(letter)) continue;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(letter, &status);
    ++letters[script == USCRIPT_KATAKANA ? USCRIPT_HIRAGANA : script];
  }
  return letters;
}

}  // namespace

std::string guess_language(std::string_view text) {
  text = first_code_points(text, kLookedAt);
  auto letters = count_scripts(text);
  if (10 * letters[USCRIPT_HIRAGANA] > letters[USCRIPT_HAN])
    letters[USCRIPT_HIRAGANA] += letters[USCRIPT_HAN];  // Japanese has both
  const Entry* most = nullptr;
  for (const Entry& entry : kByScript) {
    if (letters[entry.script] > (most == nullptr ? 0 : letters[most->script])) most = &entry;
  }
  if (most == nullptr) return {};
  return most->script == USCRIPT_LATIN ? std::string(most_likely_language(text)) : most->language;
}

}  // namespace mynah::documents
