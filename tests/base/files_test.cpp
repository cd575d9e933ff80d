#include "base/files.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "temporary_folder.h"

namespace mynah {
namespace {

using testing::HasSubstr;

TEST(ReadFile, ReadsFilesOfAnySize) {
  const TemporaryFolder folder;
  for (const std::size_t size : {0U, 1U, 65'535U, 65'536U, 65'537U, 1'000'000U}) {
    const std::string content(size, 'x');
    EXPECT_EQ(read_file(folder.file("a", content)), content) << size;
  }
}

TEST(ReadFile, AMissingFileIsAnError) {
  EXPECT_THAT(message_of<Error>([] { read_file("no/such.txt"); }), HasSubstr("cannot read no/such.txt"));
}

TEST(WriteFile, WritesTheBytesAsTheyAreWhateverTheName) {
  const TemporaryFolder folder;
  write_file(folder / "a.gz", "not compressed");
  EXPECT_EQ(content_of(folder / "a.gz"), "not compressed");
}

TEST(WriteFile, AMissingFolderIsAnError) {
  EXPECT_THAT(message_of<Error>([] { write_file("no/such.txt", "text"); }), HasSubstr("cannot write no/such.txt"));
}

TEST(MakeFolder, MakesParentsAndMayBeCalledAgain) {
  const TemporaryFolder folder;
  make_folder(folder / "a/b/c");
  make_folder(folder / "a/b/c");
  make_folder(folder / "a/b/slash/");
  EXPECT_TRUE(std::filesystem::is_directory(folder / "a/b/c"));
}

TEST(MakeFolder, AFileInItsPlaceIsAnError) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a", "text");
  EXPECT_THAT(message_of<Error>([&] { make_folder(path); }), HasSubstr("cannot make the folder " + path));
  EXPECT_THAT(message_of<Error>([&] { make_folder(path + "/b"); }), HasSubstr("cannot make the folder " + path));
}

}  // namespace
}  // namespace mynah
