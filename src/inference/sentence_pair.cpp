#include "inference/sentence_pair.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "text/language.h"
#include "text/utf8.h"

namespace mynah::inference {

double density(std::string_view language) {
  using Entry = std::pair<std::string_view, double>;
  constexpr std::array<Entry, 14> kDensities = {{{"ar", 0.85},
                                                 {"de", 1.12},
                                                 {"es", 1.1},
                                                 {"fr", 1.15},
                                                 {"he", 0.8},
                                                 {"it", 1.1},
                                                 {"ja", 0.45},
                                                 {"ko", 0.5},
                                                 {"nl", 1.1},
                                                 {"pt", 1.08},
                                                 {"ru", 1.05},
                                                 {"uk", 1.02},
                                                 {"yue", 0.33},
                                                 {"zh", 0.33}}};
  const auto place = std::ranges::find(kDensities, main_language(language), &Entry::first);
  return place == kDensities.end() ? 1 : place->second;
}

bool in_other_script(std::string_view text, std::string_view language) {
  constexpr std::size_t kEnough = 4;
  return count_letters(text) >= kEnough && script_share(text, language) < 0.5 * std::min(1.0, density(language));
}

bool ends_sentence(std::string_view text) {
  constexpr std::u32string_view kClosing = U"\"')]}\u2019\u201D\u201C\u00BB\u00AB\u300D\u300F\uFF09 ";
  constexpr std::u32string_view kEnds = U".!?:;\u2026\u3002\uFF01\uFF1F\uFF1A\uFF1B\u061F\u06D4\u0964";
  for (std::size_t offset = text.size(); offset > 0;) {
    const char32_t character = previous_code_point(text, offset);
    if (kEnds.find(character) != kEnds.npos) return true;
    if (kClosing.find(character) == kClosing.npos) return false;
  }
  return false;
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kShown = 40;
  const std::string_view shown = first_code_points(text, kShown);
  return concat("\"", shown, shown.size() < text.size() ? "…" : "", "\"");
}

}  // namespace mynah::inference
