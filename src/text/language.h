// Which language a text is written in, by its letters (CLD2).
#pragma once
#include <string>
#include <string_view>

namespace mynah {

/// The language (BCP-47) of a text that is surely not in `expected`, nor in one so near that it is taken for it ("hr" and "sr");
/// empty when the text may well be, is too short or mixed to tell, or when `expected` is empty or unknown. The text must be valid
/// UTF-8.
std::string other_language(std::string_view text, const std::string& expected);

}  // namespace mynah
