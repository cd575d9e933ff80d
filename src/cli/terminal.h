// Standard error as a place where log lines and one progress bar live together: a line never tears the bar.
#pragma once
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

namespace mynah::cli {

/// Safe to use from several threads.
class Terminal {
 public:
  /// Writes to the open descriptor; as a terminal that can move its cursor, or as a plain file.
  Terminal(int descriptor, bool can_move);
  /// Standard error.
  static Terminal& standard();

  bool can_move() const { return can_move_; }
  std::size_t columns() const;

  /// A line that stays; the bar moves below it.
  void line(std::string_view text);
  /// The bar, in place of the one before; an empty text removes it. Cut to the width. Needs can_move().
  void bar(std::string_view text);

 private:
  void write(std::string_view bytes) const;

  int descriptor_;
  bool can_move_;
  std::mutex mutex_;
  std::string bar_;
};

}  // namespace mynah::cli
