#include <gmock/gmock.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "temporary_folder.h"

namespace mynah {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> lines_of(const std::string& path) {
  LineReader reader(path);
  std::vector<std::string> lines;
  for (std::string line; reader.next(line);) {
    lines.push_back(line);
    EXPECT_EQ(reader.line_number(), lines.size());
  }
  return lines;
}

TEST(LineReader, GivesLinesWithoutTheirEnds) {
  const TemporaryFolder folder;
  EXPECT_THAT(lines_of(folder.file("a", "one\n\ntwo\n")), ElementsAre("one", "", "two"));
  EXPECT_THAT(lines_of(folder.file("b", "one\r\n\r\ntwo\r\n")), ElementsAre("one", "", "two"));
  EXPECT_THAT(lines_of(folder.file("c", "one\r\rtwo")), ElementsAre("one\r\rtwo"));
}

TEST(LineReader, CountsALastLineWithoutAnEnd) {
  const TemporaryFolder folder;
  EXPECT_THAT(lines_of(folder.file("a", "one\ntwo")), ElementsAre("one", "two"));
  EXPECT_THAT(lines_of(folder.file("b", "\n")), ElementsAre(""));
  EXPECT_THAT(lines_of(folder.file("c", "")), IsEmpty());
}

TEST(LineReader, KeepsNullBytes) {
  const TemporaryFolder folder;
  EXPECT_THAT(lines_of(folder.file("a", std::string("a\0b\n", 4))), ElementsAre(std::string("a\0b", 3)));
}

TEST(LineReader, ReadsLinesAroundTheEdgeOfItsBuffer) {
  const TemporaryFolder folder;
  for (const std::size_t size : {(1U << 18) - 2, (1U << 18) - 1, 1U << 18, (1U << 18) + 1, 3U << 18}) {
    const std::string line(size, 'x');
    EXPECT_THAT(lines_of(folder.file("a", line + "\r\nnext\n")), ElementsAre(line, "next")) << size;
  }
}

TEST(LineReader, ReadsAVeryLongLine) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a", std::string(64'000'000, 'x') + "\nend");
  LineReader reader(path);
  std::string line;
  ASSERT_TRUE(reader.next(line));
  EXPECT_EQ(line.size(), 64'000'000U);
  ASSERT_TRUE(reader.next(line));
  EXPECT_EQ(line, "end");
  EXPECT_FALSE(reader.next(line));
  EXPECT_FALSE(reader.next(line));
  EXPECT_EQ(reader.line_number(), 2U);
}

TEST(LineReader, ReadsStandardInput) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a", "from\nthere");
  ASSERT_NE(std::freopen(path.c_str(), "r", stdin), nullptr);
  EXPECT_THAT(lines_of("-"), ElementsAre("from", "there"));
}

TEST(LineReader, GivesATypedLineBeforeMoreIsTyped) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const int saved_stdin = ::dup(STDIN_FILENO);
  ::dup2(ends[0], STDIN_FILENO);
  LineReader reader("-");  // must not wait for bytes either
  ASSERT_EQ(::write(ends[1], "a\n", 2), 2);
  std::string line;
  EXPECT_TRUE(reader.next(line));  // hangs if it waits for as many bytes as a compressed file's mark has
  EXPECT_EQ(line, "a");
  ::dup2(saved_stdin, STDIN_FILENO);
  for (const int end : {ends[0], ends[1], saved_stdin}) ::close(end);
}

TEST(LineReader, AMissingFileIsAnErrorAtOnce) {
  EXPECT_THAT(message_of<Error>([] { LineReader("no/such.txt"); }), testing::HasSubstr("no/such.txt"));
}

TEST(LineReader, KnowsItsPathAfterAMove) {
  const TemporaryFolder folder;
  LineReader first(folder.file("a", "text"));
  const LineReader second = std::move(first);
  EXPECT_EQ(second.path(), folder / "a");
}

}  // namespace
}  // namespace mynah
