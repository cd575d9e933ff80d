#include "cli/terminal.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <array>
#include <string>

namespace mynah::cli {
namespace {

const std::string kClear = "\r\x1b[K";

/// A terminal whose bytes can be read back.
class TerminalTest : public testing::Test {
 protected:
  TerminalTest() { EXPECT_EQ(::pipe(ends_.data()), 0); }
  ~TerminalTest() override {
    for (const int end : ends_) ::close(end);
  }
  std::string written() {
    std::array<char, 4096> bytes{};
    const ssize_t count = ::read(ends_[0], bytes.data(), bytes.size());
    return {bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
  }
  std::array<int, 2> ends_{};
};

TEST_F(TerminalTest, ALineNeverTearsTheBar) {
  Terminal terminal(ends_[1], true);
  terminal.bar("12%");
  EXPECT_EQ(written(), kClear + "12%");
  terminal.line("something happened");
  EXPECT_EQ(written(), kClear + "something happened\n12%");
  terminal.bar("13%");
  EXPECT_EQ(written(), kClear + "13%");
  terminal.bar("");
  EXPECT_EQ(written(), kClear);
  terminal.line("the end");
  EXPECT_EQ(written(), "the end\n");
}

TEST_F(TerminalTest, RemovingNoBarWritesNothing) {
  Terminal terminal(ends_[1], true);
  terminal.bar("");
  terminal.line("first");
  EXPECT_EQ(written(), "first\n");
}

TEST_F(TerminalTest, TheBarIsCutToTheWidthBetweenCharacters) {
  Terminal terminal(ends_[1], true);
  std::string wide;
  for (int i = 0; i < 200; ++i) wide += "━";
  terminal.bar(wide);
  EXPECT_EQ(written(), kClear + wide.substr(0, 79 * std::string("━").size()));  // 80 columns where none are known
}

TEST_F(TerminalTest, AFileIsNoPlaceToMoveIn) {
  EXPECT_FALSE(Terminal(ends_[1], false).can_move());
  EXPECT_EQ(Terminal(ends_[1], false).columns(), 80U);
}

}  // namespace
}  // namespace mynah::cli
