#include "inference/input_files.h"

#include <utility>

#include "base/error.h"
#include "text/utf8.h"

namespace mynah::inference {

InputFiles::InputFiles(std::vector<FileJob> jobs, std::size_t longest)
    : jobs_(std::move(jobs)), skipped_(jobs_.size()), longest_(longest) {}

std::string InputFiles::sample() {
  constexpr std::size_t kMostLines = 1000;
  while (looked_at_.size() < kMostLines) {
    std::optional<Item> item = read();
    if (!item) break;
    looked_at_.push_back(*std::move(item));
    const std::optional<Line>& line = looked_at_.back().line;
    if (line && !is_blank(line->text)) return line->text;
  }
  return {};
}

void InputFiles::leave_out(std::size_t job) { skipped_[job].whole_file = true; }

void InputFiles::skip(std::size_t job, std::uint64_t lines, const std::string& fingerprint) {
  skipped_[job] = {lines, fingerprint, false};
}

std::optional<Line> InputFiles::next(const std::function<void(Origin)>& report) {
  while (std::optional<Item> item = take()) {
    if (is_skipped(*item)) continue;
    report(std::move(item->origin));
    if (item->line) return std::move(item->line);
  }
  return std::nullopt;
}

std::optional<InputFiles::Item> InputFiles::take() {
  if (looked_at_.empty()) return read();
  Item item = std::move(looked_at_.front());
  looked_at_.pop_front();
  return item;
}

/// Whether the item belongs to what is in the output already. Becomes a failure where the file is not what it was.
bool InputFiles::is_skipped(Item& item) {
  Origin& origin = item.origin;
  const Skipped& skipped = skipped_[origin.job];
  if (skipped.whole_file) return true;
  const bool ends_early = origin.kind == Origin::Kind::end && origin.lines < skipped.lines;
  const bool differs = origin.kind == Origin::Kind::line && origin.complete && origin.lines == skipped.lines &&
                       origin.fingerprint != skipped.fingerprint;
  if (ends_early || differs) {
    const FileJob& job = jobs_[origin.job];
    item.line.reset();
    origin.has_line = false;
    origin.kind = Origin::Kind::failure;
    origin.message = concat("cannot go on with ", job.output, ": the first ", skipped.lines, " lines of ", job.input,
                            " are not what they were; --restart begins anew");
    skipped_[origin.job].whole_file = true;
    return false;
  }
  const bool inside = origin.complete ? origin.lines <= skipped.lines : origin.lines < skipped.lines;
  return origin.kind == Origin::Kind::line && inside;
}

/// The next item of the open file, or of the next one that is not left out; nothing when all are read.
std::optional<InputFiles::Item> InputFiles::read() {
  while (job_ < jobs_.size() && skipped_[job_].whole_file) close();
  if (job_ == jobs_.size()) return std::nullopt;
  try {
    if (!open_) open_ = std::make_unique<documents::TextLines>(jobs_[job_].input, longest_);
    return read_from_open();
  } catch (const Interrupted&) {
    throw;
  } catch (const Error& error) {
    Item item;
    item.origin.kind = Origin::Kind::failure;
    item.origin.job = job_;
    item.origin.message = error.what();
    item.origin.has_line = within_line_;
    if (within_line_) item.line.emplace(std::string(), true, Repairs());
    close();
    return item;
  }
}

InputFiles::Item InputFiles::read_from_open() {
  documents::TextLine line;
  const bool more = open_->next(line);
  Item item;
  item.origin = {more ? Origin::Kind::line : Origin::Kind::end,
                 job_,
                 line.end,
                 line.complete,
                 open_->lines(),
                 open_->fingerprint(),
                 open_->position(),
                 {},
                 more};
  if (!more) return close(), item;
  item.line.emplace(std::move(line.text), line.complete, line.repairs);
  within_line_ = !line.complete;
  return item;
}

void InputFiles::close() {
  open_.reset();
  ++job_;
  within_line_ = false;
}

}  // namespace mynah::inference
