#include "metrics/bleu_tokenizers.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "metrics/ngrams.h"
#include "text/language.h"

namespace mynah::metrics {
namespace {

bool is_digit(char32_t character) { return character >= U'0' && character <= U'9'; }
bool is_stop(char32_t character) { return character == U'.' || character == U','; }

/// ASCII punctuation and symbols, apart from those that belong to words and numbers: ' , - .
bool is_western_symbol(char32_t character) {
  constexpr std::u32string_view kSymbols = U"!\"#$%&()*+/:;<=>?@[\\]^_`{|}~";
  return kSymbols.find(character) != kSymbols.npos;
}

bool in_category(char32_t character, std::uint32_t mask) { return (U_GET_GC_MASK(static_cast<UChar32>(character)) & mask) != 0; }
bool is_number(char32_t character) { return in_category(character, U_GC_N_MASK); }
bool is_punctuation(char32_t character) { return in_category(character, U_GC_P_MASK); }
bool is_symbol(char32_t character) { return in_category(character, U_GC_S_MASK); }

/// Ranges, first and last, of what the reference tokenizer sets apart as Chinese. The ones from U+2001 and U+2F81 are its
/// reading of five-digit code points (extension B was meant): they decide about dashes and curly quotes, so they are kept.
constexpr std::array<std::array<char32_t, 2>, 22> kChinese{{
    {0x3400, 0x4db5}, {0x4e00, 0x9fa5}, {0x9fa6, 0x9fbb}, {0xf900, 0xfa2d}, {0xfa30, 0xfa6a}, {0xfa70, 0xfad9},
    {0x2001, 0x2a6d}, {0x2f81, 0x2fa1}, {0xff00, 0xffef}, {0x2e80, 0x2eff}, {0x3000, 0x303f}, {0x31c0, 0x31ef},
    {0x2f00, 0x2fdf}, {0x2ff0, 0x2fff}, {0x3100, 0x312f}, {0x31a0, 0x31bf}, {0xfe10, 0xfe1f}, {0xfe30, 0xfe4f},
    {0x2600, 0x26ff}, {0x2700, 0x27bf}, {0x3200, 0x32ff}, {0x3300, 0x33ff},
}};

bool is_chinese(char32_t character) {
  return std::any_of(kChinese.begin(), kChinese.end(),
                     [character](const auto& range) { return character >= range[0] && character <= range[1]; });
}

using Property = bool (*)(char32_t);

/// Puts a space on both sides of every character that has the property.
std::u32string set_apart(std::u32string_view text, Property property) {
  std::u32string result;
  for (const char32_t character : text) {
    if (property(character)) {
      result.append({U' ', character, U' '});
    } else {
      result.push_back(character);
    }
  }
  return result;
}

/// Rewrites pairs of neighbours from left to right; a pair's characters belong to no later pair, as when a regular expression
/// of two characters is replaced. `before` and `after` say where a space goes besides the one between the two.
struct PairRule {
  bool (*applies)(char32_t first, char32_t second);
  bool before, after;
};

std::u32string rewrite_pairs(std::u32string_view text, const PairRule& rule) {
  std::u32string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i + 1 == text.size() || !rule.applies(text[i], text[i + 1])) {
      result.push_back(text[i]);
      continue;
    }
    if (rule.before) result.push_back(U' ');
    result.append({text[i], U' ', text[i + 1]});
    if (rule.after) result.push_back(U' ');
    ++i;
  }
  return result;
}

/// The part of 13a that zh shares.
std::u32string split_western(std::u32string_view text) {
  std::u32string result = set_apart(text, is_western_symbol);
  result = rewrite_pairs(result, {[](char32_t a, char32_t b) { return !is_digit(a) && is_stop(b); }, false, true});
  result = rewrite_pairs(result, {[](char32_t a, char32_t b) { return is_stop(a) && !is_digit(b); }, true, false});
  return rewrite_pairs(result, {[](char32_t a, char32_t b) { return is_digit(a) && b == U'-'; }, false, true});
}

void replace_all(std::u32string& text, std::u32string_view from, std::u32string_view to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

std::u32string tokenize_13a(std::u32string_view text) {
  std::u32string result(text);
  replace_all(result, U"<skipped>", U"");
  replace_all(result, U"-\n", U"");
  replace_all(result, U"\n", U" ");
  replace_all(result, U"&quot;", U"\"");
  replace_all(result, U"&amp;", U"&");
  replace_all(result, U"&lt;", U"<");
  replace_all(result, U"&gt;", U">");
  return split_western(U" " + result + U" ");
}

std::u32string tokenize_zh(std::u32string_view text) { return split_western(set_apart(text, is_chinese)); }

std::u32string tokenize_intl(std::u32string_view text) {
  std::u32string result =
      rewrite_pairs(text, {[](char32_t a, char32_t b) { return !is_number(a) && is_punctuation(b); }, false, true});
  result = rewrite_pairs(result, {[](char32_t a, char32_t b) { return is_punctuation(a) && !is_number(b); }, true, false});
  return set_apart(result, is_symbol);
}

std::u32string tokenize_char(std::u32string_view text) {
  return set_apart(text, [](char32_t) { return true; });
}

std::u32string tokenize_none(std::u32string_view text) { return std::u32string(text); }

struct Entry {
  const char* name;
  BleuTokenizer tokenizer;
};

constexpr std::array<Entry, 5> kTokenizers{
    {{"13a", tokenize_13a}, {"zh", tokenize_zh}, {"intl", tokenize_intl}, {"char", tokenize_char}, {"none", tokenize_none}}};

}  // namespace

BleuTokenizer bleu_tokenizer(std::string_view name) {
  for (const Entry& entry : kTokenizers)
    if (entry.name == name) return entry.tokenizer;
  throw UsageError(concat("BLEU knows no tokenization '", name, "': expected 13a, zh, intl, char or none"));
}

std::vector<std::string> bleu_tokenizer_names() {
  std::vector<std::string> names;
  for (const Entry& entry : kTokenizers) names.emplace_back(entry.name);
  return names;
}

std::string bleu_tokenizer_for(std::string_view language) {
  const std::string_view primary = main_language(language);
  for (const std::string_view chinese : {"zh", "zho", "cmn", "yue"})
    if (primary == chinese) return "zh";
  for (const std::string_view unspaced : {"ja", "jpn", "th", "tha"})
    if (primary == unspaced) return "char";
  return "13a";
}

}  // namespace mynah::metrics
