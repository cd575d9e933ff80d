#include "documents/format.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/error.h"
#include "text/utf8.h"

namespace mynah::documents {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLookedAt = std::size_t{1} << 16;

/// A kind of file that is no text, and a command that makes text of NAME.
struct Other {
  std::string_view mark;  // bytes at the beginning, or an ending of names
  std::string_view what, converter;
};

constexpr std::array<Other, 14> kSignatures{{
    {"%PDF-", "a PDF file", "pdftotext NAME"},
    {"{\\rtf", "an RTF file", "pandoc -t plain -o NAME.txt NAME"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a document of an old office program", "libreoffice --convert-to txt:Text NAME"},
    {"%!PS", "a PostScript file", "ps2ascii NAME NAME.txt"},
    {"AT&TFORM", "a DjVu file", "djvutxt NAME NAME.txt"},
    {"\x89PNG\r\n\x1A\n", "a picture", "tesseract NAME NAME"},
    {"\xFF\xD8\xFF", "a picture", "tesseract NAME NAME"},
    {"GIF8", "a picture", "tesseract NAME NAME"},
    {"II*\0"sv, "a picture", "tesseract NAME NAME"},
    {"MM\0*"sv, "a picture", "tesseract NAME NAME"},
    {"SQLite format 3\0"sv, "a database", "sqlite3 NAME .dump"},
    {"BZh", "a bzip2 archive", "bunzip2 NAME"},
    {"7z\xBC\xAF\x27\x1C", "an archive", "7z x NAME"},
    {"Rar!", "an archive", "unrar x NAME"},
}};

/// What a zip archive holds, by names that stand in its first entries.
constexpr std::array<Other, 7> kZipped{{
    {"word/", "a Word document", "pandoc -t plain -o NAME.txt NAME"},
    {"application/vnd.oasis.opendocument.text", "an OpenDocument text", "pandoc -t plain -o NAME.txt NAME"},
    {"application/epub+zip", "an EPUB book", "pandoc -t plain -o NAME.txt NAME"},
    {"xl/", "a spreadsheet", "libreoffice --convert-to csv NAME"},
    {"ppt/", "a presentation", "libreoffice --convert-to pdf NAME, then pdftotext"},
    {"application/vnd.oasis.opendocument", "an OpenDocument file", "libreoffice --convert-to pdf NAME, then pdftotext"},
    {"", "a zip archive", "unzip NAME"},
}};

/// Text, but with a markup of its own, by the ending of its name.
constexpr std::array<Other, 16> kMarkups{{
    {".tex", "LaTeX", "pandoc -t plain -o NAME.txt NAME"},
    {".rst", "reStructuredText", "pandoc -t plain -o NAME.txt NAME"},
    {".org", "Org mode text", "pandoc -t plain -o NAME.txt NAME"},
    {".textile", "Textile", "pandoc -t plain -o NAME.txt NAME"},
    {".wiki", "wiki markup", "pandoc -f mediawiki -t plain -o NAME.txt NAME"},
    {".adoc", "AsciiDoc", "asciidoctor -o NAME.html NAME"},
    {".docbook", "DocBook", "pandoc -f docbook -t plain -o NAME.txt NAME"},
    {".xml", "XML", "xmllint --xpath 'string(/)' NAME"},
    {".fb2", "a FictionBook", "pandoc -f fb2 -t plain -o NAME.txt NAME"},
    {".ipynb", "a notebook", "jupyter nbconvert --to markdown NAME"},
    {".jsonl", "JSON lines", "jq -r .text NAME"},
    {".json", "JSON", "jq -r '.. | strings' NAME"},
    {".csv", "a table", "cut -d, -f1 NAME"},
    {".tsv", "a table", "cut -f1 NAME"},
    {".srt", "subtitles", "sed '/-->/d;/^[0-9]*$/d' NAME"},
    {".vtt", "subtitles", "sed '/-->/d;/^[0-9]*$/d' NAME"},
}};

[[noreturn]] void refuse(const std::string& name, const Other& other) {
  const std::string unpacked = uncompressed_name(name);
  std::string command(other.converter);
  for (std::size_t at = command.find("NAME"); at != std::string::npos; at = command.find("NAME", at + unpacked.size())) {
    command.replace(at, 4, unpacked);
  }
  throw Error(concat("cannot read ", name, ": it is ", other.what, ", and what is read is plain text, Markdown and HTML; ",
                     unpacked == name ? "try " : "unpack it and try ", command));
}

void refuse_zipped(std::string_view start, const std::string& name) {
  if (!start.starts_with("PK\x03\x04"sv)) return;
  refuse(name, *std::ranges::find_if(kZipped, [&](const Other& one) { return start.find(one.mark) != start.npos; }));
}

/// Whether so many bytes are control characters that this is no text at all.
bool is_binary(std::string_view start) {
  const auto controls = std::ranges::count_if(start, [](char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return value < 0x20 && "\t\n\r\f\v\x1B\b"sv.find(byte) == std::string_view::npos;
  });
  return controls > 0 && static_cast<std::size_t>(controls) >= start.size() / 100;
}

/// The content without a comment or declaration in front, in lower case, as far as it tells HTML from other text.
bool begins_as_html(std::string_view content) {
  constexpr std::size_t kLongest = 15;
  for (content = trim_start(content); content.starts_with("<!--") || content.starts_with("<?");) {
    const std::string_view end = content.starts_with("<?") ? ">" : "-->";
    const std::size_t found = content.find(end);
    if (found == content.npos) return false;
    content = trim_start(content.substr(found + end.size()));
  }
  const std::string start = lower_case(content.substr(0, kLongest));
  constexpr std::array kBeginnings{"<!doctype html", "<html", "<head", "<body"};
  return std::ranges::any_of(kBeginnings, [&](const char* beginning) { return start.starts_with(beginning); });
}

}  // namespace

std::string uncompressed_name(const std::string& name) {
  const std::filesystem::path path(name);
  const std::string ending = lower_case(path.extension().string());
  return ending == ".gz" || ending == ".xz" || ending == ".zst" ? (path.parent_path() / path.stem()).string() : name;
}

Format recognize_format(std::string_view content, const std::string& name) {
  const std::string_view start = content.substr(0, kLookedAt);
  const auto* signature = std::ranges::find_if(kSignatures, [&](const Other& one) { return start.starts_with(one.mark); });
  if (signature != kSignatures.end()) refuse(name, *signature);
  refuse_zipped(start, name);
  if (is_binary(start)) {
    throw Error(concat("cannot read ", name,
                       ": it is no text (control characters in its first bytes); if it is UTF-16 without a ",
                       "byte order mark, convert it with iconv -f UTF-16LE -t UTF-8"));
  }
  const std::string ending = lower_case(std::filesystem::path(uncompressed_name(name)).extension().string());
  for (const char* markdown : {".md", ".markdown", ".mkd", ".mdown"}) {
    if (ending == markdown) return Format::markdown;
  }
  if (ending == ".html" || ending == ".htm" || ending == ".xhtml" || begins_as_html(content)) return Format::html;
  const auto* markup = std::ranges::find(kMarkups, ending, &Other::mark);
  if (markup != kMarkups.end()) refuse(name, *markup);
  return Format::text;
}

}  // namespace mynah::documents
