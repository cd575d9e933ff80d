#include "training/team.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <utility>

namespace mynah::training {

Team::Team(int size) : failures_(static_cast<std::size_t>(size)), begin_(size), end_(size) {
  at::set_num_threads(1);
  for (int member = 1; member < size; ++member) {
    threads_.emplace_back([this, member] {
      at::set_num_threads(1);
      while (true) {
        begin_.arrive_and_wait();
        if (work_ == nullptr) return;
        attempt(member);
        end_.arrive_and_wait();
      }
    });
  }
}

Team::~Team() {
  work_ = nullptr;
  begin_.arrive_and_wait();
  for (std::thread& thread : threads_) thread.join();
}

void Team::run(const std::function<void(int)>& work) {
  work_ = &work;
  begin_.arrive_and_wait();
  attempt(0);
  end_.arrive_and_wait();
  std::exception_ptr first;
  for (std::exception_ptr& failure : failures_) {
    const std::exception_ptr found = std::exchange(failure, nullptr);
    if (first == nullptr) first = found;
  }
  if (first != nullptr) std::rethrow_exception(first);
}

void Team::attempt(int member) {
  try {
    (*work_)(member);
  } catch (...) {
    failures_[static_cast<std::size_t>(member)] = std::current_exception();
  }
}

Part part_of(std::int64_t size, int member, int members) {
  constexpr std::int64_t kLine = 16;
  const std::int64_t lines = (size + kLine - 1) / kLine;
  const auto cut = [&](int index) { return std::min(size, lines * index / members * kLine); };
  return {cut(member), cut(member + 1) - cut(member)};
}

}  // namespace mynah::training
