#include "text/abbreviations.h"

#include <unicode/uchar.h>
#include <unicode/ures.h>
#include <unicode/utypes.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

#include "text/utf8.h"

namespace mynah {
namespace {

/// Abbreviations that ICU's lists lack although a capital letter or a digit often follows them.
constexpr std::array<std::pair<std::string_view, const char*>, 8> kMore{{
    {"en",
     "Dr. St. Jr. Sr. Gen. Gov. Sen. Messrs. Vol. Fig. Figs. Eq. Ref. Refs. Sec. al. cf. Cf. approx. ca. Inc. Ltd. Corp. Co."},
    {"de", "Prof. Hl. bzw. Bzw. ca. Bd. Dipl. Abb. Tab. Anm. Jh. Mag. Sr. Kapt. Gen."},
    {"fr", "Dr. Mgr. St. Ste. cf. vol. art. chap. p. pp. env. Me. Pr."},
    {"es", "Prof. Dres. núm. pág. págs. art. Ud. Uds. vol. St. Gral."},
    {"it", "Dott. Prof. Dr. Sigg. art. cap. Avv. Arch. On. St."},
    {"pt", "Sr. Sra. Srs. Prof. Profa. art. núm. Eng. Gen. Cel. Cap."},
    {"ru", "им. св. акад. стр. рис. табл. гл. пр. просп. обл. оз."},
    {"nl", "dhr. mevr. mw. dr. drs. ir. ing. mr. prof. bijv. nr. blz. jl. ca. Dr. Prof. St. art. afb."},
}};

/// Languages that write ordinals as a number and a full stop.
constexpr std::array kDottedOrdinals{"bs", "cs", "da", "de", "et", "fi", "hr", "hu", "is", "lb",
                                     "lv", "nb", "nn", "no", "pl", "sk", "sl", "sr", "tr"};

bool is_letter_or_digit(char32_t code_point) { return u_isalnum(static_cast<UChar32>(code_point)) != 0; }

/// The last word of `text` with all that follows it: from behind white space, and past opening brackets and quotation marks.
std::size_t last_word(std::string_view text) {
  text = trim_end(text);
  std::size_t begin = text.size();
  for (std::size_t before = begin; before > 0 && !is_white_space(previous_code_point(text, before));) begin = before;
  for (std::size_t next = begin; next < text.size() && !is_letter_or_digit(next_code_point(text, next));) begin = next;
  return begin;
}

/// "J.", "U.S.", "i.d.R.": single letters, each with a full stop.
bool is_initials(std::string_view word) {
  std::size_t next = 0;
  while (next < word.size()) {
    if (!u_isalpha(static_cast<UChar32>(next_code_point(word, next))) || next == word.size() || word[next] != '.') return false;
    ++next;
  }
  return !word.empty();
}

/// "3.", "31."
bool is_ordinal(std::string_view word) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return (word.size() == 2 || word.size() == 3) && word.back() == '.' && std::all_of(word.begin(), word.end() - 1, is_digit);
}

}  // namespace

Abbreviations::Abbreviations(const std::string& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::LocalUResourceBundlePointer rules(ures_open(U_ICUDATA_NAME "-brkitr", locale.c_str(), &status));
  const icu::LocalUResourceBundlePointer exceptions(ures_getByKey(rules.getAlias(), "exceptions", nullptr, &status));
  const icu::LocalUResourceBundlePointer list(ures_getByKey(exceptions.getAlias(), "SentenceBreak", nullptr, &status));
  const int listed = U_SUCCESS(status) ? ures_getSize(list.getAlias()) : 0;
  for (int item = 0; item < listed; ++item) {
    std::string word;
    icu::ures_getUnicodeStringByIndex(list.getAlias(), item, &status).toUTF8String(word);
    words_.insert(word);
  }
  const std::string language = locale.substr(0, locale.find('_'));
  for (const auto& [its, more] : kMore) {
    std::istringstream words(its == language ? more : "");
    for (std::string word; words >> word;) words_.insert(word);
  }
  dotted_ordinals_ = std::find(kDottedOrdinals.begin(), kDottedOrdinals.end(), language) != kDottedOrdinals.end();
}

bool Abbreviations::end(std::string_view text) const {
  if (text.empty() || text.back() != '.') return false;
  std::size_t begin = last_word(text);
  if (is_initials(text.substr(begin)) || (dotted_ordinals_ && is_ordinal(text.substr(begin)))) return true;
  constexpr int kLongest = 3;  // words of an entry ("k. u. k.")
  for (int words = 0; words < kLongest; ++words) {
    if (words_.contains(text.substr(begin))) return true;
    begin = last_word(text.substr(0, begin));
  }
  return false;
}

}  // namespace mynah
