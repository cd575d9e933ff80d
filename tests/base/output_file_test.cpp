#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "base/error.h"
#include "base/files.h"
#include "temporary_folder.h"

namespace mynah {
namespace {

using testing::AllOf;
using testing::HasSubstr;
namespace fs = std::filesystem;

void write_whole(const std::string& path, std::string_view content) {
  OutputFile file(path);
  file.write(content);
  file.commit();
}

TEST(OutputFile, AppearsOnlyWhenCommitted) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.txt";
  OutputFile file(path);
  file.write("some ");
  file.flush();
  EXPECT_EQ(content_of(path + ".partial"), "some ");
  EXPECT_FALSE(fs::exists(path));
  file.write("text");
  file.commit();
  EXPECT_EQ(content_of(path), "some text");
  EXPECT_FALSE(fs::exists(path + ".partial"));
}

TEST(OutputFile, LeavesTheOldFileAloneWithoutCommit) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.txt", "old");
  {
    OutputFile file(path);
    file.write(std::string(1'000'000, 'x'));
  }
  EXPECT_EQ(content_of(path), "old");
  EXPECT_FALSE(fs::exists(path + ".partial"));
}

TEST(OutputFile, KeepsTheAccessRightsOfTheFileItReplaces) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.txt", "old");
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  write_whole(path, "new");
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(OutputFile, FollowsALink) {
  const TemporaryFolder folder;
  folder.file("real.txt", "old");
  fs::create_symlink("real.txt", folder / "link.txt");
  write_whole(folder / "link.txt", "new");
  EXPECT_TRUE(fs::is_symlink(folder / "link.txt"));
  EXPECT_EQ(content_of(folder / "real.txt"), "new");
}

TEST(OutputFile, WritesDevicesInPlace) {
  write_whole("/dev/null", "text");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  EXPECT_FALSE(fs::exists("/dev/null.partial"));
}

TEST(OutputFile, WritesStandardOutputAtOnce) {
  testing::internal::CaptureStdout();
  OutputFile file("-");
  file.write("a line\n");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "a line\n");
}

TEST(OutputFile, AFullDeviceIsAnErrorNamingTheFile) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full here";
  const TemporaryFolder folder;
  fs::create_symlink("/dev/full", folder / "full.txt");
  EXPECT_THAT(message_of<Error>([&] { write_whole(folder / "full.txt", "text"); }),
              AllOf(HasSubstr("cannot write"), HasSubstr("full.txt"), HasSubstr("the disk is full")));
}

TEST(OutputFile, AFullDeviceIsNoticedWhileCompressing) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full here";
  const TemporaryFolder folder;
  fs::create_symlink("/dev/full", folder / "full.gz");
  EXPECT_THAT(message_of<Error>([&] { write_whole(folder / "full.gz", "text"); }), HasSubstr("the disk is full"));
}

/// For as long as it lives no file may grow over `bytes`: a disk that runs full, for users who cannot mount one.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &saved_);
    const rlimit lowered{bytes, saved_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &lowered);
  }
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &saved_); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit saved_{};
};

TEST(OutputFile, NothingIsLeftWhenTheRoomRunsOutHalfWay) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.txt", "old");
  std::string message;
  {
    const FileSizeLimit limit(100'000);
    message = message_of<Error>([&] { write_whole(path, std::string(200'000, 'x')); });
  }
  EXPECT_THAT(message, AllOf(HasSubstr(path), HasSubstr("largest size allowed")));
  EXPECT_EQ(content_of(path), "old");
  EXPECT_FALSE(fs::exists(path + ".partial"));
}

TEST(OutputFile, AMissingFolderIsAnError) {
  const TemporaryFolder folder;
  const std::string path = folder / "no/a.txt";
  EXPECT_EQ(message_of<Error>([&] { OutputFile file(path); }), concat("cannot write ", path, ": no such file or folder"));
}

TEST(OutputFile, AFolderInItsPlaceIsAnError) {
  const TemporaryFolder folder;
  EXPECT_THAT(message_of<Error>([&] { OutputFile file(folder.path().string()); }), HasSubstr("it is a folder"));
}

TEST(OutputFile, AFolderThatMayNotBeWrittenIsAnError) {
  const TemporaryFolder folder;
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  if (::access(folder.path().c_str(), W_OK) == 0) GTEST_SKIP() << "this user may write everywhere";
  EXPECT_THAT(message_of<Error>([&] { OutputFile file(folder / "a.txt"); }), HasSubstr("permission denied"));
}

}  // namespace
}  // namespace mynah
