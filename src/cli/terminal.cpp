#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "base/error.h"
#include "base/file_descriptor.h"

namespace mynah::cli {

namespace {

constexpr std::string_view kClearLine = "\r\x1b[K";

bool is_terminal(int descriptor) {
  const char* kind = std::getenv("TERM");
  return ::isatty(descriptor) == 1 && kind != nullptr && std::string_view(kind) != "dumb";
}

/// The longest beginning of `text` that has at most `columns` characters.
std::string_view cut(std::string_view text, std::size_t columns) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts_character = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (starts_character && ++characters > columns) return text.substr(0, i);
  }
  return text;
}

}  // namespace

Terminal::Terminal(int descriptor, bool can_move) : descriptor_(descriptor), can_move_(can_move) {}

Terminal& Terminal::standard() {
  static Terminal terminal(STDERR_FILENO, is_terminal(STDERR_FILENO));
  return terminal;
}

std::size_t Terminal::columns() const {
  constexpr std::size_t kUsualColumns = 80;
  winsize size{};
  return ::ioctl(descriptor_, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : kUsualColumns;
}

void Terminal::line(std::string_view text) {
  const std::lock_guard lock(mutex_);
  write(concat(bar_.empty() ? "" : kClearLine, text, '\n', bar_));
}

void Terminal::bar(std::string_view text) {
  const std::lock_guard lock(mutex_);
  if (bar_.empty() && text.empty()) return;
  bar_ = cut(text, columns() - 1);  // a full line would make some terminals scroll
  write(concat(kClearLine, bar_));
}

void Terminal::write(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count <= 0) return;  // whoever listened has gone; the work goes on
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace mynah::cli
