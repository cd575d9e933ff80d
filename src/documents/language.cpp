#include "documents/language.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <map>

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

struct SmallWords {
  const char* language;
  std::string_view words;  // each between spaces
};
constexpr std::array<SmallWords, 8> kSmallWords{
    {{"en", " the of and to is that it was for with are this have from not be "},
     {"de", " der die das und ist nicht ein eine zu den dem mit auf sich von für im "},
     {"fr", " le la les et des est une dans que pour qui du au sur pas ne il "},
     {"es", " el los las y que una por con para del se su es al lo como "},
     {"it", " il di che la un per una non con del della sono gli nel da si "},
     {"pt", " o os as e do da que em um uma para com não dos na no "},
     {"nl", " de het een van en is dat op te niet zijn met voor aan er "},
     {"sv", " och att det som en är på av för den med inte till om ett "}}};

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

std::string by_small_words(std::string_view text) {
  std::array<std::size_t, kSmallWords.size()> counts{};
  const std::string lower = lower_case(text);
  const auto is_letter = [](char byte) { return (byte & 0x80) != 0 || (byte >= 'a' && byte <= 'z'); };
  for (auto begin = lower.begin(); begin != lower.end();) {
    begin = std::find_if(begin, lower.end(), is_letter);
    const auto end = std::find_if_not(begin, lower.end(), is_letter);
    const std::string word = " " + std::string(begin, end) + " ";
    for (std::size_t i = 0; i < counts.size(); ++i)
      counts[i] += kSmallWords[i].words.find(word) != std::string_view::npos ? 1U : 0U;
    begin = end;
  }
  const auto* best = std::ranges::max_element(counts);
  return *best == 0 ? "" : kSmallWords[static_cast<std::size_t>(best - counts.begin())].language;
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
  return most->script == USCRIPT_LATIN ? by_small_words(text) : most->language;
}

}  // namespace mynah::documents
