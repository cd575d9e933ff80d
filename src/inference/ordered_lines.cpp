#include "inference/ordered_lines.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace mynah::inference {
namespace {

std::string joined(const std::vector<Part>& parts) {
  std::string text;
  for (const Part& part : parts) text.append(part.candidates.front().text).append(part.separator);
  return text;
}

}  // namespace

OrderedLines::OrderedLines(std::function<void(const Generated&)> done, std::size_t most_waiting)
    : done_(std::move(done)), most_waiting_(most_waiting) {}

std::uint64_t OrderedLines::add(Generated line) {
  std::unique_lock lock(mutex_);
  given_.wait(lock, [&] { return waiting_ < most_waiting_ || released_; });
  line.line = first_ + pending_.size();
  const std::uint64_t number = line.line;
  const std::size_t missing = line.parts.size();
  waiting_ += missing + 1;
  pending_.push_back({std::move(line), missing});
  give_complete();
  return number;
}

void OrderedLines::fill(std::uint64_t line, std::size_t part, Decoded decoded) {
  const std::lock_guard lock(mutex_);
  Pending& pending = pending_[static_cast<std::size_t>(line - first_)];
  Part& filled = pending.line.parts[part];
  filled.candidates = std::move(decoded.candidates);
  std::ranges::move(decoded.findings, std::back_inserter(filled.findings));
  filled.retried = decoded.retried;
  --pending.missing;
  give_complete();
}

void OrderedLines::give_complete() {
  while (!failed_ && !pending_.empty() && pending_.front().missing == 0) {
    Generated line = std::move(pending_.front().line);
    pending_.pop_front();
    ++first_;
    waiting_ -= line.parts.size() + 1;
    line.text = joined(line.parts);
    account_.add(line);
    failed_ = true;  // unless done() comes back
    done_(line);
    failed_ = false;
  }
  given_.notify_all();
}

void OrderedLines::release() {
  const std::lock_guard lock(mutex_);
  released_ = true;
  given_.notify_all();
}

Account OrderedLines::account() const {
  const std::lock_guard lock(mutex_);
  return account_;
}

}  // namespace mynah::inference
