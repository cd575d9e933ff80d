#include "base/byte_source.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "base/files.h"
#include "temporary_folder.h"

namespace mynah {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::string kData = MYNAH_SOURCE_DIR "/tests/data/base/";

/// Text that compresses only in part.
std::string long_text() {
  std::string text;
  std::uint32_t state = 1;
  while (text.size() < 300'000) {
    state = state * 1664525U + 1013904223U;
    text += concat("line ", state, '\n');
  }
  return text;
}

class Compressed : public testing::TestWithParam<const char*> {
 protected:
  /// A file with long_text(), compressed in this test's format.
  std::string long_file() {
    const std::string path = folder_ / concat("long", GetParam());
    OutputFile file(path);
    file.write(long_text());
    file.commit();
    return path;
  }
  TemporaryFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Formats, Compressed, testing::Values(".gz", ".xz", ".zst"),
                         [](const auto& format) { return std::string(format.param).substr(1); });

TEST_P(Compressed, ReadsWhatTheFormatsOwnToolWrote) {
  EXPECT_EQ(read_file(concat(kData, "lines.txt", GetParam())), content_of(kData + "lines.txt"));
}

TEST_P(Compressed, IsRecognizedByItsBytesNotItsName) {
  const std::string renamed = folder_.file("no-suffix", content_of(concat(kData, "lines.txt", GetParam())));
  EXPECT_EQ(read_file(renamed), content_of(kData + "lines.txt"));
}

TEST_P(Compressed, ReadsAllConcatenatedMembers) {
  const std::string member = content_of(concat(kData, "lines.txt", GetParam()));
  const std::string text = content_of(kData + "lines.txt");
  EXPECT_EQ(read_file(folder_.file("twice", member + member + member)), text + text + text);
}

TEST_P(Compressed, ReadsWhatOutputFileWrote) {
  const std::string path = long_file();
  EXPECT_LT(std::filesystem::file_size(path), long_text().size());
  EXPECT_EQ(read_file(path), long_text());
}

TEST_P(Compressed, CutOffAnywhereIsAnErrorNamingTheFile) {
  const std::string whole = content_of(long_file());
  for (const std::size_t size :
       {std::size_t{8}, std::size_t{40}, whole.size() / 3, whole.size() - 9, whole.size() - 5, whole.size() - 1}) {
    const std::string path = folder_.file("cut", whole.substr(0, size));
    EXPECT_THAT(message_of<Error>([&] { read_file(path); }), AllOf(HasSubstr(path), HasSubstr("damaged or cut off"))) << size;
  }
}

TEST_P(Compressed, CutOffInTheSecondMemberIsAnError) {
  const std::string member = content_of(concat(kData, "lines.txt", GetParam()));
  for (std::size_t size = 2; size < member.size(); ++size) {
    const std::string path = folder_.file("cut", member + member.substr(0, size));
    EXPECT_THROW(read_file(path), Error) << size;
  }
}

TEST_P(Compressed, DamagedBytesAreAnError) {
  std::string damaged = content_of(long_file());
  for (std::size_t i = 0; i < 64; ++i) damaged[damaged.size() / 2 + i] = 'X';
  EXPECT_THAT(message_of<Error>([&] { read_file(folder_.file("damaged", damaged)); }), HasSubstr("damaged or cut off"));
}

TEST_P(Compressed, AnEmptyTextIsEmpty) {
  const std::string path = folder_ / concat("empty", GetParam());
  OutputFile(path).commit();
  EXPECT_GT(std::filesystem::file_size(path), 0U);
  EXPECT_EQ(read_file(path), "");
}

TEST(ByteSource, TextThatOnlyBeginsLikeACompressedFileIsText) {
  const TemporaryFolder folder;
  for (const std::string text : {"(", "(\n", "\x28\xb5\n",
                                 "\xfd"
                                 "7z",
                                 "\x1f", ""}) {
    EXPECT_EQ(read_file(folder.file("text", text)), text);
  }
}

TEST(ByteSource, ReadsAFileInSmallPieces) {
  ByteSource source(kData + "lines.txt");
  std::string text;
  for (char byte = 0; source.read(&byte, 1) > 0;) text += byte;
  EXPECT_EQ(text, content_of(kData + "lines.txt"));
}

}  // namespace
}  // namespace mynah
