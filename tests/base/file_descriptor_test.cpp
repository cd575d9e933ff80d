#include "base/file_descriptor.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <thread>

#include "base/error.h"
#include "temporary_folder.h"

namespace mynah {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(FileDescriptor, AMissingFileIsNamed) {
  EXPECT_EQ(message_of<Error>([] { open_for_reading("no/such.txt"); }), "cannot read no/such.txt: no such file or folder");
}

TEST(FileDescriptor, AFolderIsNoFile) {
  const TemporaryFolder folder;
  EXPECT_THAT(message_of<Error>([&] { open_for_reading(folder.path().string()); }),
              AllOf(HasSubstr(folder.path().string()), HasSubstr("it is a folder; a file is expected")));
}

TEST(FileDescriptor, AFileUnderAFileIsExplained) {
  const TemporaryFolder folder;
  const std::string path = folder.file("plain", "text") + "/below";
  EXPECT_THAT(message_of<Error>([&] { open_for_reading(path); }), HasSubstr("a part of its path is a file, not a folder"));
}

TEST(FileDescriptor, AccessRightsAreExplained) {
  const TemporaryFolder folder;
  const std::string path = folder.file("secret", "text");
  ASSERT_EQ(::chmod(path.c_str(), 0), 0);
  if (::access(path.c_str(), R_OK) == 0) GTEST_SKIP() << "this user may read everything";
  EXPECT_THAT(message_of<Error>([&] { open_for_reading(path); }), AllOf(HasSubstr(path), HasSubstr("permission denied")));
}

TEST(FileDescriptor, WritingWithNobodyReadingIsABrokenPipe) {
  std::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  ::close(ends[0]);
  const FileDescriptor pipe(ends[1], "a pipe");
  EXPECT_THROW(pipe.write("text"), BrokenPipe);
}

TEST(FileDescriptor, WritesMoreThanAPipeHolds) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const FileDescriptor reader(ends[0], "a pipe");
  std::size_t received = 0;
  std::thread reading([&] {
    std::array<char, 1000> bytes{};
    for (std::size_t count = 1; count > 0; received += count) count = reader.read(bytes.data(), bytes.size());
  });
  FileDescriptor writer(ends[1], "a pipe");
  writer.write(std::string(1'000'000, 'x'));
  writer.close();
  reading.join();
  EXPECT_EQ(received, 1'000'000U);
}

TEST(FileDescriptor, MovesItsOwnership) {
  const TemporaryFolder folder;
  FileDescriptor first = open_for_reading(folder.file("a", "text"));
  const int number = first.number();
  FileDescriptor second;
  second = std::move(first);
  EXPECT_EQ(second.number(), number);
  EXPECT_TRUE(second.open());
}

}  // namespace
}  // namespace mynah
