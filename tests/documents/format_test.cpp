#include "documents/format.h"

#include <gmock/gmock.h>

#include "base/error.h"

namespace mynah::documents {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;
using namespace std::string_literals;

TEST(Format, IsToldByTheNamesEnding) {
  EXPECT_EQ(recognize_format("# Title", "notes.md"), Format::markdown);
  EXPECT_EQ(recognize_format("# Title", "NOTES.Markdown"), Format::markdown);
  EXPECT_EQ(recognize_format("text", "page.html"), Format::html);
  EXPECT_EQ(recognize_format("text", "page.HTM"), Format::html);
  for (const char* name : {"mail.txt", "report", "server.log", "standard input", "v1.2"}) {
    EXPECT_EQ(recognize_format("# not a title", name), Format::text) << name;
  }
}

TEST(Format, IsToldByTheNameBeneathACompression) {
  for (const char* name : {"doc.md.gz", "doc.markdown.xz", "folder.html/DOC.MD.ZST"}) {
    EXPECT_EQ(recognize_format("# Title", name), Format::markdown) << name;
  }
  EXPECT_EQ(recognize_format("text", "page.html.gz"), Format::html);
  for (const char* name : {"mail.txt.gz", "report.xz", "md.gz", ".gz", "folder.md/report.gz"}) {
    EXPECT_EQ(recognize_format("# not a title", name), Format::text) << name;
  }
}

TEST(Format, NamesLoseTheEndingOfACompression) {
  EXPECT_EQ(uncompressed_name("some/folder/a.md.gz"), "some/folder/a.md");
  EXPECT_EQ(uncompressed_name("a.txt.XZ"), "a.txt");
  for (const char* name : {"a.md", "a.gz.md", ".gz", "a.bz2", "standard input", ""}) EXPECT_EQ(uncompressed_name(name), name);
}

TEST(Format, HtmlIsToldByItsBeginningToo) {
  for (const char* content : {"<!DOCTYPE html><p>x", "\n <html lang='en'>", "<!-- saved --><!-- twice -->\n<HTML>",
                              "<?xml version='1.0'?><html>", "<head><title>x"}) {
    EXPECT_EQ(recognize_format(content, "standard input"), Format::html) << content;
  }
  for (const char* content : {"", "<!-- never closed", "<em>A</em> mail", "a < b"}) {
    EXPECT_EQ(recognize_format(content, "standard input"), Format::text) << content;
  }
}

/// What is said about a file with this beginning.
void expect_refusal(const std::string& content, const std::string& name, const std::string& what, const std::string& converter) {
  EXPECT_THAT([&] { recognize_format(content, name); },
              ThrowsMessage<Error>(AllOf(HasSubstr("cannot read " + name), HasSubstr(what), HasSubstr(converter))));
}

TEST(Format, OtherFilesAreRefusedWithWhatConvertsThem) {
  expect_refusal("%PDF-1.7\n", "report.pdf", "a PDF file", "pdftotext report.pdf");
  expect_refusal("%PDF-1.7\n", "report.txt", "a PDF file", "pdftotext report.txt");
  expect_refusal("PK\3\4\x14\0\6\0word/document.xml"s, "letter.docx", "a Word document",
                 "pandoc -t plain -o letter.docx.txt letter.docx");
  expect_refusal("PK\3\4mimetypeapplication/vnd.oasis.opendocument.text", "a.odt", "an OpenDocument text", "pandoc");
  expect_refusal("PK\3\4mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a.ods", "an OpenDocument file", "libreoffice");
  expect_refusal("PK\3\4mimetypeapplication/epub+zip", "a.epub", "an EPUB book", "pandoc");
  expect_refusal("PK\3\4readme.txt", "a.zip", "a zip archive", "unzip a.zip");
  expect_refusal("{\\rtf1\\ansi", "a.rtf", "an RTF file", "pandoc");
  expect_refusal("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a.doc", "an old office program", "libreoffice");
  expect_refusal("\x89PNG\r\n\x1A\n", "scan.png", "a picture", "tesseract scan.png scan.png");
  expect_refusal("\\documentclass{article}", "paper.tex", "LaTeX", "pandoc");
  expect_refusal("{}", "rows.jsonl", "JSON lines", "jq");
  expect_refusal("\\documentclass{article}", "paper.tex.gz", "LaTeX",
                 "unpack it and try pandoc -t plain -o paper.tex.txt paper.tex");
}

TEST(Format, BinaryFilesAreRefused) {
  expect_refusal("some\0bytes\0of\0a\0program"s, "a.out", "it is no text", "iconv -f UTF-16LE");
  EXPECT_EQ(recognize_format(std::string(5000, 'a') + "\1" + std::string(5000, 'b'), "slip.txt"), Format::text);
  EXPECT_EQ(recognize_format("page one\fpage two\x1B[1mbold", "terminal.txt"), Format::text);
}

}  // namespace
}  // namespace mynah::documents
