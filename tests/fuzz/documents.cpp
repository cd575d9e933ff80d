// Documents. The first byte says what the rest is taken for: 'h' HTML, 'm' Markdown, 't' plain text, else whatever it looks like.
#include "documents/document.h"

#include <array>
#include <string_view>

#include "documents/source_text.h"
#include "fuzz.h"
#include "text/utf8.h"

namespace {

using namespace mynah::documents;
using mynah::fuzz::accepts;
using mynah::fuzz::expect;

Format format_of(char mark, std::string_view content) {
  if (mark == 'h') return Format::html;
  if (mark == 'm') return Format::markdown;
  if (mark == 't') return Format::text;
  return recognize_format(content, mark == 'n' ? "fuzzed.md" : "fuzzed");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view content(reinterpret_cast<const char*>(bytes) + 1, size - 1);
  std::array<Document, 1> documents;
  const auto read = [&] { documents[0] = parse_document(content, "fuzzed", format_of(static_cast<char>(bytes[0]), content)); };
  if (!accepts(read)) return 0;
  for (const Paragraph& paragraph : documents[0].paragraphs) {
    expect(!mynah::is_blank(paragraph.text), "no paragraph is blank");
    expect(mynah::is_valid_utf8(paragraph.text), "paragraphs are valid UTF-8");
    expect(paragraph.text.find('\n') == std::string::npos, "a paragraph is a line");
  }
  for (const SourceSentence& sentence : source_text(documents, "en", "A title").sentences) {
    expect(!sentence.text.empty() && sentence.paragraph < documents[0].paragraphs.size(), "sentences stand in paragraphs");
  }
  return 0;
}
