// Threads that decode sentences while lines are still being read, and give the lines back in order.
#pragma once
#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "inference/guarded_decoder.h"
#include "inference/ordered_lines.h"
#include "inference/preparation.h"
#include "inference/sentence_queue.h"

namespace mynah::inference {

/// As many workers as the work keeps busy, one at first. put() and finish() are for one thread.
class Workers {
 public:
  Workers(const GuardedDecoder& decoder, const GenerationOptions& options, std::function<void(const Generated&)> done,
          std::function<bool()> stop);
  ~Workers();

  /// Takes the next line. Waits while enough is read ahead.
  void put(PreparedLine line);
  /// Whether no more lines are wanted: `stop` said so, or a worker failed.
  bool stopped();
  /// Waits until everything that was put is given (or dropped, once stopped). Throws what stopped a worker.
  Account finish();

 private:
  std::uint64_t add(PreparedLine& line);
  void start_another();
  void work();
  bool worth_another() const;
  std::size_t fair_share() const;
  void abandon();

  const GuardedDecoder& decoder_;
  const GenerationOptions& options_;
  std::function<bool()> stop_;
  std::size_t most_threads_;
  SentenceQueue queue_;
  OrderedLines lines_;
  std::uint64_t sentences_ = 0;  // put so far
  std::atomic<std::size_t> in_flight_ = 0, started_ = 0;
  std::atomic<bool> abandoned_ = false;
  std::mutex failure_mutex_;
  std::exception_ptr failure_;
  std::vector<std::jthread> threads_;
};

}  // namespace mynah::inference
