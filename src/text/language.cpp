#include "text/language.h"

#include <cstdio>  // which the next one forgets

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <array>

#include "text/utf8.h"
#include "text/words.h"

namespace mynah {
namespace {

constexpr std::size_t kLookedAt = 20000;  // code points

struct Detected {
  std::string language;  // empty: unknown
  bool reliable = false;
};

/// CLD2 has codes from before ISO 639 changed them.
std::string code_of(CLD2::Language language) {
  if (language == CLD2::UNKNOWN_LANGUAGE) return {};
  const std::string_view code = main_language(CLD2::LanguageCode(language));
  if (code == "iw") return "he";
  return std::string(code);
}

CLD2::CLDHints hinting(const char* weak, CLD2::Language strong) { return {weak, nullptr, CLD2::UNKNOWN_ENCODING, strong}; }

/// `hints`: languages that the text is probably in.
Detected detect(std::string_view text, const CLD2::CLDHints& hints, int flags) {
  text = first_code_points(text, kLookedAt);
  std::array<CLD2::Language, 3> best{};
  std::array<int, 3> percent{};
  std::array<double, 3> scores{};
  int bytes = 0, valid_bytes = 0;
  Detected detected;
  const CLD2::Language language =
      CLD2::ExtDetectLanguageSummaryCheckUTF8(text.data(), static_cast<int>(text.size()), true, &hints, flags, best.data(),
                                              percent.data(), scores.data(), nullptr, &bytes, &detected.reliable, &valid_bytes);
  detected.language = code_of(language);
  return detected;
}

/// Short Chinese is Japanese to CLD2; what tells them apart is kana.
std::string_view chinese_or_japanese(std::string_view text) {
  constexpr double kKana = 0.1;
  text = first_code_points(text, kLookedAt);
  if (count_letters(text) == 0 || !fits_script(text, "ja")) return {};
  return script_share(text, "ja") - script_share(text, "zh") < kKana ? "zh" : "ja";
}

}  // namespace

std::string_view main_language(std::string_view language) { return language.substr(0, language.find_first_of("-_")); }

std::string likely_language(std::string_view text) {
  if (const std::string_view language = chinese_or_japanese(text); !language.empty()) return std::string(language);
  return detect(text, hinting(nullptr, CLD2::UNKNOWN_LANGUAGE), CLD2::kCLDFlagBestEffort).language;
}

std::string likely_language(std::string_view text, const std::vector<std::string>& languages) {
  const std::string likely = likely_language(text);
  std::vector<std::string> possible;
  for (const std::string& language : languages) {
    if (main_language(language) == likely) return language;
    const auto hint = hinting(language.c_str(), CLD2::UNKNOWN_LANGUAGE);
    if (detect(text, hint, CLD2::kCLDFlagBestEffort).language == main_language(language)) possible.push_back(language);
  }
  return possible.size() == 1 ? possible.front() : std::string();
}

std::string language_instead(std::string_view text, std::string_view expected) {
  const CLD2::Language own = CLD2::GetLanguageFromName(std::string(main_language(expected)).c_str());
  if (own == CLD2::UNKNOWN_LANGUAGE) return {};
  const auto [language, reliable] = detect(text, hinting(nullptr, own), 0);
  const bool is_other = reliable && language != code_of(own) && chinese_or_japanese(text) != code_of(own);
  return is_other ? language : std::string();
}

}  // namespace mynah
