#include "base/growing_file.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>

#include "base/error.h"
#include "base/files.h"
#include "temporary_folder.h"

namespace mynah {
namespace {

using testing::AllOf;
using testing::HasSubstr;
namespace fs = std::filesystem;

TEST(GrowingFile, IsPartialUntilItIsFinished) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.txt", "old");
  GrowingFile file(path);
  file.append("one\n");
  EXPECT_EQ(file.unflushed(), 4U);
  file.flush();
  EXPECT_EQ(file.unflushed(), 0U);
  EXPECT_EQ(file.size(), 4U);
  EXPECT_EQ(content_of(GrowingFile::partial_path(path)), "one\n");
  EXPECT_EQ(content_of(path), "old");
  file.append("two\n");
  file.finish();
  EXPECT_EQ(content_of(path), "one\ntwo\n");
  EXPECT_FALSE(fs::exists(GrowingFile::partial_path(path)));
}

TEST(GrowingFile, GoesOnBehindWhatIsKept) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.txt";
  {
    GrowingFile file(path);
    file.append("one\ntwo\nthr");
    file.flush();
  }
  GrowingFile file(path, 8);
  EXPECT_EQ(file.size(), 8U);
  file.append("three\n");
  file.finish();
  EXPECT_EQ(content_of(path), "one\ntwo\nthree\n");
}

TEST(GrowingFile, BeginsAnewWhereNothingIsKept) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.txt";
  folder.file("a.txt.partial", "left over");
  GrowingFile(path).finish();
  EXPECT_EQ(content_of(path), "");
}

TEST(GrowingFile, IsCompressedByNameWhenFinished) {
  const TemporaryFolder folder;
  for (const char* name : {"a.gz", "a.xz", "a.zst"}) {
    const std::string path = folder / name;
    GrowingFile file(path);
    file.append("some text\n");
    file.flush();
    EXPECT_EQ(content_of(path + ".partial"), "some text\n");
    file.finish();
    EXPECT_NE(content_of(path), "some text\n") << name;
    EXPECT_EQ(read_file(path), "some text\n") << name;
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder / ""), {}), 3);
}

TEST(GrowingFile, FollowsALink) {
  const TemporaryFolder folder;
  folder.file("real.txt", "old");
  fs::create_symlink("real.txt", folder / "link.txt");
  GrowingFile file(folder / "link.txt");
  file.append("new");
  file.finish();
  EXPECT_TRUE(fs::is_symlink(folder / "link.txt"));
  EXPECT_EQ(content_of(folder / "real.txt"), "new");
}

TEST(GrowingFile, WritesDevicesInPlace) {
  EXPECT_TRUE(GrowingFile::is_in_place("/dev/null"));
  EXPECT_TRUE(GrowingFile::is_in_place("-"));
  EXPECT_FALSE(GrowingFile::is_in_place("/nowhere/a.txt"));
  GrowingFile file("/dev/null");
  file.append("gone");
  file.finish();
  EXPECT_FALSE(fs::exists("/dev/null.partial"));
}

TEST(GrowingFile, ErrorsNameTheFile) {
  const TemporaryFolder folder;
  EXPECT_THAT([] { GrowingFile("/nowhere/a.txt"); },
              testing::ThrowsMessage<Error>(AllOf(HasSubstr("/nowhere/a.txt"), HasSubstr("no such file"))));
  EXPECT_THAT([&] { GrowingFile(folder / ""); }, testing::ThrowsMessage<Error>(HasSubstr("it is a folder")));
}

TEST(GrowingFile, AFullDiskLeavesWhatWasFlushed) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.txt";
  GrowingFile file(path);
  file.append("kept\n");
  file.flush();
  rlimit old{};
  getrlimit(RLIMIT_FSIZE, &old);
  const rlimit small{1000, old.rlim_max};
  std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  file.append(std::string(5000, 'x'));
  EXPECT_THAT([&] { file.flush(); }, testing::ThrowsMessage<Error>(HasSubstr("a.txt")));
  setrlimit(RLIMIT_FSIZE, &old);
  EXPECT_EQ(file.size(), 5U);
  EXPECT_THAT(content_of(path + ".partial"), testing::StartsWith("kept\n"));
}

}  // namespace
}  // namespace mynah
