#include "inference/sentence_queue.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace mynah::inference {

void SentenceQueue::put(Job job) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return filling_.size() < window_ || abandoned_; });
  if (abandoned_) return;
  filling_.push_back(std::move(job));
  changed_.notify_all();
}

void SentenceQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

void SentenceQueue::abandon() {
  const std::lock_guard lock(mutex_);
  closed_ = abandoned_ = true;
  filling_.clear();
  ready_.clear();
  changed_.notify_all();
}

bool SentenceQueue::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !ready_.empty() || !filling_.empty() || closed_; });
  return !ready_.empty() || !filling_.empty();
}

std::optional<Job> SentenceQueue::take() {
  const std::lock_guard lock(mutex_);
  if (ready_.empty()) {
    std::ranges::stable_sort(filling_, std::ranges::greater(), [](const Job& job) { return job.source.size(); });
    ready_.assign(std::move_iterator(filling_.begin()), std::move_iterator(filling_.end()));
    filling_.clear();
    changed_.notify_all();
  }
  if (ready_.empty()) return std::nullopt;
  Job job = std::move(ready_.front());
  ready_.pop_front();
  return job;
}

std::size_t SentenceQueue::size() const {
  const std::lock_guard lock(mutex_);
  return ready_.size() + filling_.size();
}

}  // namespace mynah::inference
