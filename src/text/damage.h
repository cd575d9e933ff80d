// Marks that a text was mistreated on its way: escaped twice, taken from a page with its tags, cut out of something binary.
#pragma once
#include <string_view>

namespace mynah {

// Each gives the first place it finds in valid UTF-8, as a view into the text; empty when there is none.

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
