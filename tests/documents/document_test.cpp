#include "documents/document.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/error.h"

namespace mynah::documents {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::ThrowsMessage;
using namespace std::string_literals;

auto has_text(const std::string& text) { return Field(&Paragraph::text, text); }

class ReadDocument : public testing::Test {
 protected:
  Document read(const std::string& name, const std::string& content) const { return read_document(folder_.file(name, content)); }
  TemporaryFolder folder_;
};

TEST_F(ReadDocument, ReadsEachFormatByItsName) {
  EXPECT_THAT(read("a.txt", "# One *two*.\n").paragraphs, ElementsAre(has_text("# One *two*.")));
  EXPECT_THAT(read("a.md", "One *two*.\n").paragraphs, ElementsAre(has_text("One two.")));
  EXPECT_THAT(read("a.html", "<p>One <b>two</b>.").paragraphs, ElementsAre(has_text("One two.")));
}

TEST_F(ReadDocument, AFormatThatIsNamedIsTaken) {
  const std::string path = folder_.file("a.csv", "one,two\n");
  EXPECT_THAT(read_document(path, Format::text).paragraphs, ElementsAre(has_text("one,two")));
}

TEST_F(ReadDocument, EncodingsWithAMarkAreRead) {
  EXPECT_THAT(read("a.txt", "\xFF\xFEh\0\xE9\0!\0"s).paragraphs, ElementsAre(has_text("h\u00E9!")));
  EXPECT_EQ(read("b.txt", "\xEF\xBB\xBFtext.").repairs.bom, 1U);
}

TEST_F(ReadDocument, SlipsAreRepairedAndCounted) {
  const Document document = read("a.txt", "Na\u00EFve caf\u00E9s, \x80 here and there.");
  EXPECT_THAT(document.paragraphs, ElementsAre(has_text("Na\u00EFve caf\u00E9s, \uFFFD here and there.")));
  EXPECT_EQ(document.repairs.invalid, 1U);
  EXPECT_EQ(read("b.md", "Na\u00EFve caf\u00E9s, \x80 here and there.").repairs.invalid, 1U);
}

TEST_F(ReadDocument, AnOldEncodingIsRefused) {
  for (const char* name : {"a.txt", "a.md"}) {
    EXPECT_THAT(
        [&] {
          read(name,
               "Gr\xFC\xDF Gott, sch\xF6nes M\xE4"
               "dchen.");
        },
        ThrowsMessage<Error>(
            AllOf(HasSubstr(name), HasSubstr("not in UTF-8 (4 ill-formed"), HasSubstr("iconv -f WINDOWS-1252"))));
  }
}

TEST_F(ReadDocument, EmptyFilesHaveNoParagraphs) {
  for (const char* content : {"", "\n\n", " \t\r\n"}) {
    for (const char* name : {"a.txt", "a.md", "a.html"}) EXPECT_THAT(read(name, content).paragraphs, IsEmpty()) << name;
  }
}

TEST_F(ReadDocument, WhatCannotBeReadIsNamed) {
  EXPECT_THAT([&] { read_document(folder_ / "none.txt"); }, ThrowsMessage<Error>(HasSubstr("none.txt")));
  EXPECT_THAT([&] { read_document(folder_.path()); }, ThrowsMessage<Error>(HasSubstr(folder_.path().string())));
  EXPECT_THAT([&] { read("a.pdf", "%PDF-1.4"); }, ThrowsMessage<Error>(HasSubstr("pdftotext")));
}

TEST_F(ReadDocument, MoreThanAGigabyteIsNotOneDocument) {
  const std::string path = folder_.file("huge.txt", "x");
  std::filesystem::resize_file(path, (std::uintmax_t{1} << 30) + 1);
  EXPECT_THAT([&] { read_document(path); },
              ThrowsMessage<Error>(AllOf(HasSubstr("huge.txt"), HasSubstr("more than a gigabyte"))));
}

}  // namespace
}  // namespace mynah::documents
