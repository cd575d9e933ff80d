// Words as far as checks on text need them: no dictionary, the same for every language.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace mynah {

/// The words of a text: runs of letters, marks and digits; in scripts that put no spaces between words, every character. What
/// stands between them (white space, punctuation, symbols) is left out.
std::vector<std::string_view> words_of(std::string_view text);

/// How many of its characters are letters.
std::size_t count_letters(std::string_view text);

/// Whether the letters of `word` are all lower case, and there are some.
bool is_lower_case(std::string_view word);

}  // namespace mynah
