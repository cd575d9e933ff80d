// HTML as paragraphs: the text a reader comes for, without navigation, scripts, forms, citation marks and what is hidden.
#pragma once
#include <string_view>

#include "documents/document.h"

namespace mynah::documents {

/// Fills title, paragraphs and repairs from HTML as browsers read it, however broken (libxml2). The encoding is UTF-8 where the
/// bytes are, else the one the page names, else Latin-1.
void read_html(std::string_view html, Document& document);

}  // namespace mynah::documents
