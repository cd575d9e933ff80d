// A few threads that do the same work, each on its own part, and wait for each other.
#pragma once
#include <barrier>
#include <cstdint>
#include <exception>
#include <functional>
#include <thread>
#include <vector>

namespace mynah::training {

/// Member 0 is the thread that calls run(); the others sleep between calls. LibTorch uses one core in each.
class Team {
 public:
  explicit Team(int size);
  ~Team();
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  int size() const { return static_cast<int>(failures_.size()); }
  /// Calls work(0) … work(size - 1) at once and returns when all are done. Rethrows what the lowest member threw.
  void run(const std::function<void(int member)>& work);

 private:
  void attempt(int member);

  std::vector<std::exception_ptr> failures_;
  std::barrier<> begin_, end_;
  const std::function<void(int)>* work_ = nullptr;  // null: the team is dismissed
  std::vector<std::thread> threads_;
};

/// The part of [0, size) that belongs to `member`, begun at a multiple of 16 so that no cache line has two owners.
struct Part {
  std::int64_t begin, length;
};
Part part_of(std::int64_t size, int member, int members);

}  // namespace mynah::training
