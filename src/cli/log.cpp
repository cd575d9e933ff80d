#include <array>
#include <ctime>

#include "base/error.h"
#include "cli/program.h"
#include "cli/terminal.h"

namespace mynah::cli {

namespace {

/// "[2031-05-17 09:30:00] ", local time.
std::string time_stamp() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "[%Y-%m-%d %H:%M:%S] ", &local)};
}

}  // namespace

Log standard_log(bool quiet) {
  Terminal& terminal = Terminal::standard();
  return Log([&terminal, quiet](LogLevel level, std::string_view line) {
    if (level == LogLevel::debug || (quiet && level != LogLevel::warning)) return;
    terminal.line(concat(terminal.can_move() ? "" : time_stamp(), level == LogLevel::warning ? "warning: " : "", line));
  });
}

}  // namespace mynah::cli
