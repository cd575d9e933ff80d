#include "text/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <array>
#include <limits>

namespace mynah {
namespace {

/// One name for languages that share a code, or that short texts do not tell apart.
std::string family_of(const std::string& language) {
  using Family = std::array<const char*, 6>;  // the first one names it
  static constexpr std::array<Family, 12> kFamilies = {{{"hr", "sr", "bs", "sh", "cnr", "sr-ME"},
                                                        {"no", "nb", "nn", "da"},
                                                        {"cs", "sk"},
                                                        {"zh", "zh-Hant", "ja"},
                                                        {"es", "gl", "ast", "an"},
                                                        {"ca", "oc"},
                                                        {"it", "co", "sc", "vec", "lmo", "scn"},
                                                        {"bg", "mk"},
                                                        {"id", "ms", "jv", "jw", "su"},
                                                        {"he", "iw", "yi"},
                                                        {"tl", "fil", "ceb", "war"},
                                                        {"hi", "mr", "ne", "bh", "sa", "mai"}}};
  for (const Family& family : kFamilies) {
    const auto is_it = [&](const char* name) { return name != nullptr && language == name; };
    if (std::any_of(family.begin(), family.end(), is_it)) return family[0];
  }
  return language.substr(0, language.find('-'));
}

}  // namespace

std::string other_language(std::string_view text, const std::string& expected) {
  constexpr int kFewestLetters = 40, kShare = 90;  // bytes, per cent
  constexpr double kFewestPoints = 1000;           // for 1024 bytes: where CLD2's word that it is sure is not enough
  const CLD2::Language hint = CLD2::GetLanguageFromName(expected.c_str());
  if (hint == CLD2::UNKNOWN_LANGUAGE || text.size() > std::numeric_limits<int>::max()) return "";
  const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, hint};
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> shares{};
  std::array<double, 3> scores{};
  int letters = 0, valid = 0;
  bool reliable = false;
  CLD2::ExtDetectLanguageSummaryCheckUTF8(text.data(), static_cast<int>(text.size()), true, &hints, 0, languages.data(),
                                          shares.data(), scores.data(), nullptr, &letters, &reliable, &valid);
  const bool sure = reliable && letters >= kFewestLetters && shares[0] >= kShare && scores[0] >= kFewestPoints;
  if (!sure || languages[0] == CLD2::UNKNOWN_LANGUAGE) return "";
  const std::string found = CLD2::LanguageCode(languages[0]);
  return family_of(found) == family_of(expected) ? "" : found;
}

}  // namespace mynah
