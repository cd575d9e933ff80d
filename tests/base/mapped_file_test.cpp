#include <gmock/gmock.h>

#include "base/error.h"
#include "base/files.h"
#include "temporary_folder.h"

namespace mynah {
namespace {

std::string text_of(const MappedFile& file) { return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()}; }

TEST(MappedFile, HoldsTheWholeFile) {
  const TemporaryFolder folder;
  const std::string content(10'000, 'x');
  const MappedFile file(folder.file("a", content));
  EXPECT_EQ(text_of(file), content);
  EXPECT_EQ(file.path(), folder / "a");
}

TEST(MappedFile, AnEmptyFileIsAnEmptySpan) {
  const TemporaryFolder folder;
  EXPECT_TRUE(MappedFile(folder.file("a", "")).bytes().empty());
}

TEST(MappedFile, OutlivesTheFilesName) {
  const TemporaryFolder folder;
  const MappedFile file(folder.file("a", "text"));
  std::filesystem::remove(folder / "a");
  EXPECT_EQ(text_of(file), "text");
}

TEST(MappedFile, MovesWithoutMovingTheBytes) {
  const TemporaryFolder folder;
  MappedFile first(folder.file("a", "text"));
  const std::byte* bytes = first.bytes().data();
  const MappedFile second = std::move(first);
  EXPECT_EQ(second.bytes().data(), bytes);
}

TEST(MappedFile, AMissingFileOrAFolderIsAnError) {
  const TemporaryFolder folder;
  EXPECT_THAT(message_of<Error>([] { MappedFile("no/such"); }), testing::HasSubstr("no/such: no such file"));
  EXPECT_THAT(message_of<Error>([&] { MappedFile file(folder.path()); }), testing::HasSubstr("it is a folder"));
}

TEST(MappedFile, WhatCannotBeMappedIsAnError) {
  EXPECT_THAT(message_of<Error>([] { MappedFile("/dev/null"); }),
              testing::HasSubstr("cannot map /dev/null into memory: it is a device"));
}

}  // namespace
}  // namespace mynah
