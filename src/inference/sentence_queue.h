// Where read-ahead sentences wait for workers: ordered by length a window at a time, bounded, never waited for longer than
// needed.
#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "inference/sentence_decoder.h"

namespace mynah::inference {

/// One window fills while the one before is taken, longest sentence first. A worker that finds nothing left takes what has come
/// so far, so slow input never waits for a full window. All methods may be called from any thread.
class SentenceQueue {
 public:
  explicit SentenceQueue(std::size_t window) : window_(window) {}

  /// Waits while a whole window is filled. Does nothing once abandoned.
  void put(Job job);
  /// No more will be put.
  void close();
  /// What waits is dropped, and nothing more is taken in.
  void abandon();

  /// Waits until there is something to take; false when nothing will come any more.
  bool wait();
  /// Does not wait: empty when there is nothing at the moment.
  std::optional<Job> take();

  std::size_t size() const;

 private:
  const std::size_t window_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Job> filling_;
  std::deque<Job> ready_;  // longest first
  bool closed_ = false, abandoned_ = false;
};

}  // namespace mynah::inference
