#include "documents/document.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <system_error>

#include "base/error.h"
#include "documents/decoded_bytes.h"
#include "documents/html.h"
#include "documents/markdown.h"
#include "documents/plain_text.h"
#include "text/utf8.h"

namespace mynah::documents {
namespace {

constexpr std::size_t kLargest = std::size_t{1} << 30;

void expect_size(std::uint64_t bytes, const std::string& path) {
  if (bytes <= kLargest) return;
  throw Error(concat("cannot read ", path,
                     " as one document: it has more than a gigabyte of text; cut it into parts (split --line-bytes)"));
}

std::string read_decoded(const std::string& path, Repairs& repairs) {
  std::error_code none;
  if (const auto bytes = std::filesystem::file_size(path, none); !none) expect_size(bytes, path);
  DecodedBytes file(path);
  std::string content;
  for (std::size_t size = 0;;) {
    content.resize(std::max<std::size_t>(2 * size, 1 << 16));
    const std::size_t count = file.read(content.data() + size, content.size() - size);
    size += count;
    expect_size(size, path);
    if (count == 0) {
      content.resize(size);
      repairs += file.take_repairs();
      return content;
    }
  }
}

/// Text in an old 8-bit encoding is ill-formed wherever it is not ASCII, and not just here and there.
void expect_unicode(std::string_view content, const std::string& name) {
  if (is_valid_utf8(content)) return;
  std::size_t invalid = 0, beyond_ascii = 0;
  const std::string repaired = repair_utf8(content, &invalid);
  for (std::size_t next = 0; next < repaired.size();) beyond_ascii += next_code_point(repaired, next) >= 0x80 ? 1U : 0U;
  constexpr std::size_t kFew = 500;  // one ill-formed byte in so many is a slip
  if (2 * invalid <= beyond_ascii || invalid < repaired.size() / kFew) return;
  throw Error(concat("cannot read ", name, ": it is not in UTF-8 (", invalid,
                     " ill-formed sequences); if it is in a Western European ",
                     "encoding, convert it with iconv -f WINDOWS-1252 -t UTF-8 ", name));
}

}  // namespace

Document parse_document(std::string_view content, const std::string& name, Format format) {
  Document document;
  document.name = name;
  if (format == Format::html) {
    read_html(content, document);
    return document;
  }
  expect_unicode(content, name);
  if (format == Format::markdown) {
    std::size_t invalid = 0;
    read_markdown(repair_utf8(content, &invalid), document);
    document.repairs.invalid += invalid;
  } else {
    document.paragraphs = plain_text_paragraphs(content, document.repairs);
  }
  return document;
}

Document read_document(const std::string& path, std::optional<Format> format) {
  Repairs repairs;
  const std::string content = read_decoded(path, repairs);
  const std::string name = path == "-" ? "standard input" : path;
  Document document = parse_document(content, name, format ? *format : recognize_format(content, name));
  document.repairs += repairs;
  return document;
}

}  // namespace mynah::documents
