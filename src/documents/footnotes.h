// Footnotes in Markdown, "[^1]" and "[^1]: what it says", which CommonMark does not know.
#pragma once
#include <string>
#include <string_view>

namespace mynah::documents {

/// Markdown where marks of footnotes that it defines are gone, but in code, and each definition is a paragraph that begins
/// "[^1]: ". Lines end as they did.
std::string with_plain_footnotes(std::string_view markdown);

/// "[^1]: " at the beginning of a footnote's text; else empty.
std::string_view footnote_label(std::string_view text);

}  // namespace mynah::documents
