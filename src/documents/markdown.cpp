#include "documents/markdown.h"

#include <md4c-html.h>

#include <algorithm>

#include "base/error.h"
#include "documents/footnotes.h"
#include "documents/html.h"
#include "documents/plain_text.h"
#include "text/utf8.h"

namespace mynah::documents {
namespace {

std::string_view without_quotes(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.front() == value.back() && (value.front() == '"' || value.front() == '\'');
  return quoted ? value.substr(1, value.size() - 2) : value;
}

/// Takes YAML front matter off; its title goes into `title`.
std::string_view without_front_matter(std::string_view markdown, std::string& title) {
  std::string_view rest = markdown;
  if (trim_end(take_line(rest)) != "---") return markdown;
  std::string found;
  while (!rest.empty()) {
    const std::string_view line = trim_end(take_line(rest));
    if (line == "---" || line == "...") {
      title = found;
      return rest;
    }
    if (line.starts_with("title:")) found = without_quotes(trim_start(line.substr(6)));
  }
  return markdown;
}

void set_footnotes_aside(std::vector<Paragraph>& paragraphs) {
  for (Paragraph& paragraph : paragraphs) {
    const std::size_t label = footnote_label(paragraph.text).size();
    if (label == 0) continue;
    paragraph.kind = ParagraphKind::aside;
    paragraph.text.erase(0, label);
  }
  std::erase_if(paragraphs, [](const Paragraph& paragraph) { return paragraph.text.empty(); });
}

}  // namespace

void read_markdown(std::string_view markdown, Document& document) {
  const std::string body = with_plain_footnotes(without_front_matter(markdown, document.title));
  std::string html = "<html><body>";
  const auto append = [](const MD_CHAR* text, MD_SIZE size, void* to) { static_cast<std::string*>(to)->append(text, size); };
  const int failed =
      md_html(body.data(), static_cast<MD_SIZE>(body.size()), append, &html, MD_DIALECT_GITHUB, MD_HTML_FLAG_SKIP_UTF8_BOM);
  ensure(failed == 0, "any text is Markdown");
  read_html(html, document);
  set_footnotes_aside(document.paragraphs);
  if (!document.title.empty()) return;
  const auto heading = std::ranges::find(document.paragraphs, ParagraphKind::heading, &Paragraph::kind);
  if (heading != document.paragraphs.end()) document.title = heading->text;
}

}  // namespace mynah::documents
