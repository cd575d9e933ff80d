// UTF-8 that somebody took for Latin-1 or Windows-1252 and stored again: "FranÃ§ois".
#pragma once
#include <cstddef>
#include <string_view>

namespace mynah {

/// How many characters of the text are UTF-8 read byte by byte: sequences that, put back into Windows-1252, are one character
/// outside ASCII. Text in any language has next to none.
std::size_t count_mojibake(std::string_view text);

/// The first of them that no text holds by right, as a view into valid UTF-8; empty when there is none. A capital in front of a
/// closing quote (“MANHÔ) may be what it is, and is left alone until a second sequence follows.
std::string_view find_mojibake(std::string_view text);

}  // namespace mynah
