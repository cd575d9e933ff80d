// What a document holds once its format is out of the way: paragraphs of text, in order.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/format.h"
#include "text/repair.h"

namespace mynah::documents {

/// `aside`: what is no part of the text itself, as footnotes, and what mails quote.
enum class ParagraphKind { prose, heading, code, aside };

/// White space of the format's (line breaks, indentation) is single spaces, and none between letters of scripts that write none.
struct Paragraph {
  std::string text;  // valid UTF-8, never blank
  ParagraphKind kind = ParagraphKind::prose;

  bool operator==(const Paragraph&) const = default;
};

struct Document {
  std::string name;   // as errors and sources call it
  std::string title;  // where the format has one; else empty
  std::vector<Paragraph> paragraphs;
  Repairs repairs;
};

/// Reads plain text, Markdown or HTML ("-": standard input); the format is recognised where none is given. Throws Error naming
/// the file when it cannot be read, is no text (saying what makes text of it) or is in an encoding that is neither Unicode nor
/// named in the file.
Document read_document(const std::string& path, std::optional<Format> format = std::nullopt);

/// The same of content that was read already, or came out of another file.
Document parse_document(std::string_view content, const std::string& name, Format format);

}  // namespace mynah::documents
