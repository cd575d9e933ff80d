// Plain text as paragraphs, whether its lines are wrapped or each is a paragraph.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "documents/document.h"

namespace mynah::documents {

/// Paragraphs end at blank lines, and at lines that were not broken for want of room: those where the next line's first word
/// would still have fitted, where a list item begins, or of any length once lines are longer than anybody wraps them (120
/// characters). A short line is a heading where it is underlined and does not end in a full stop, or where it has no punctuation
/// at its end, no label ("Deadline: Friday") and no number in its midst; but not where there is no prose. Rulers are left out; a
/// mail's header, quotations and signature are asides. `repairs` grows.
std::vector<Paragraph> plain_text_paragraphs(std::string_view text, Repairs& repairs);

/// Takes a line and its end (LF, CR LF or CR) off the front of `text`, and returns it without.
std::string_view take_line(std::string_view& text);

/// Runs of white space (blanks, tabs, line breaks) as single spaces, and none where a line breaks between letters of a script
/// that writes no spaces; none at the ends.
std::string single_spaced(std::string_view text);

}  // namespace mynah::documents
