// Marks that a text was mistreated on its way: decoded wrongly, escaped twice, taken from a page with its tags.
#pragma once
#include <string_view>

namespace mynah {

// Each gives the first place it finds in valid UTF-8, as a view into the text; empty when there is none.

/// UTF-8 that was read as Latin-1 or Windows-1252 ("Ã¤" for "ä", "â€™" for "’", "æ–‡å­—" for "文字"). What a text can hold by
/// right (a capital Ã in front of a closing quote) is left alone, at the price of missing it.
std::string_view find_mojibake(std::string_view text);

/// An entity whose ampersand was escaped once more: "&amp;quot;".
std::string_view find_double_escape(std::string_view text);

/// An entity as such: "&quot;", "&#39;".
std::string_view find_entity(std::string_view text);

/// A tag of HTML, a comment or a declaration: "<br />", "</p>", "<!--". Angle brackets around other words are left alone.
std::string_view find_tag(std::string_view text);

/// A code point that no text needs: a control character other than tab (NUL and DEL are such), a line or paragraph separator, a
/// noncharacter.
std::string_view find_control(std::string_view text);

}  // namespace mynah
