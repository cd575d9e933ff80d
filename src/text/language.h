// Which language a text is in, as far as it tells: by its script and its sequences of four letters (Compact Language Detector 2).
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace mynah {

/// "zh" of "zh-Hant" and of "zh_TW".
std::string_view main_language(std::string_view language);

/// The code of the language that the text is most likely in; empty where nothing tells.
std::string likely_language(std::string_view text);

/// The one of these languages that the text is most likely in; empty where nothing speaks for one of them alone.
std::string likely_language(std::string_view text, const std::vector<std::string>& languages);

/// The language of the text where there is no doubt that it is not in `expected`; empty otherwise.
std::string language_instead(std::string_view text, std::string_view expected);

}  // namespace mynah
