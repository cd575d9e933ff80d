// Markdown as paragraphs.
#pragma once
#include <string_view>

#include "documents/document.h"

namespace mynah::documents {

/// Fills title, paragraphs and repairs from Markdown (valid UTF-8) in GitHub's dialect (md4c). The title is the front matter's,
/// else that of the first heading. Footnotes are asides.
void read_markdown(std::string_view markdown, Document& document);

}  // namespace mynah::documents
