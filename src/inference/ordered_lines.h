// Lines whose sentences come back in any order, given on in the order they were read.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "inference/account.h"

namespace mynah::inference {

/// Holds lines until all their sentences have candidates and all lines before them were given. Methods may be called from any
/// thread; `done` is never called on two at once.
class OrderedLines {
 public:
  /// At most about `most_waiting` sentences and lines are held (a single line may have more).
  OrderedLines(std::function<void(const Generated&)> done, std::size_t most_waiting);

  /// Adds the next line, whose parts have no candidates yet, and numbers it; returns its number. A line without parts is ready at
  /// once. Waits while too much is held.
  std::uint64_t add(Generated line);
  /// Fills in one sentence. An exception of `done` leaves through here (or add) and ends all giving.
  void fill(std::uint64_t line, std::size_t part, Decoded decoded);
  /// add() waits no more.
  void release();

  /// Of the lines given.
  Account account() const;

 private:
  struct Pending {
    Generated line;
    std::size_t missing;  // parts without candidates
  };
  void give_complete();

  std::function<void(const Generated&)> done_;
  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable given_;
  std::deque<Pending> pending_;
  std::uint64_t first_ = 0;  // number of the first pending line
  std::size_t waiting_ = 0;  // lines and sentences held
  bool released_ = false, failed_ = false;
  Account account_;
};

}  // namespace mynah::inference
