#include "inference/output_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "base/files.h"

namespace mynah::inference {
namespace {

namespace fs = std::filesystem;
using Status = FileOutcome::Status;

constexpr double kSecondsBetweenSaves = 0.05;
constexpr double kShareOfSaving = 0.05;  // of the time, when a state is large
constexpr std::size_t kMostUnflushed = std::size_t{1} << 20;

std::uint64_t size_of(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = path == "-" ? 0 : fs::file_size(path, error);
  return error ? 0 : size;
}

std::int64_t time_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return 0;
  return static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec;
}

}  // namespace

OutputFiles::OutputFiles(const FilePlan& plan, const FileOptions& options, const Json& settings, Rendering rendering)
    : jobs_(plan.jobs),
      options_(options),
      settings_(std::make_shared<const Json>(settings)),
      rendering_(std::move(rendering)),
      outcomes_(jobs_.size()),
      seconds_between_saves_(kSecondsBetweenSaves) {
  for (const FileJob& job : jobs_) sizes_.push_back(size_of(job.input));
  if (!plan.folder.empty()) {
    make_folder(plan.folder);
    journal_.emplace(plan.folder, *settings_, options_.restart);
  }
  for (std::size_t job = 0; job < jobs_.size(); ++job) {
    if (!GrowingFile::is_in_place(jobs_[job].output)) find_earlier(job);
    if (outcomes_[job].status != Status::waiting && outcomes_[job].status != Status::begun) done_bytes_ += sizes_[job];
  }
  if (jobs_.size() == 1 && outcomes_[0].status != Status::done_before)
    begin(0);  // what cannot be written is said before the work
}

OutputFiles::~OutputFiles() {
  try {
    suspend();
    const bool nothing_is_there = file_ && !saved_ && !GrowingFile::is_in_place(jobs_[job_].output);
    if (nothing_is_there) fs::remove(GrowingFile::partial_path(jobs_[job_].output));
  } catch (const std::exception&) {  // the disk is full, most likely: an earlier state stands
  }
}

std::uint64_t OutputFiles::bytes() const { return std::accumulate(sizes_.begin(), sizes_.end(), std::uint64_t{0}); }

void OutputFiles::find_earlier(std::size_t job) {
  const std::string& output = jobs_[job].output;
  if (options_.restart) {
    fs::remove(state_path(output));
    return;
  }
  const DoneFile* done = to_folder() ? journal_->find(jobs_[job].name) : nullptr;
  if (done != nullptr && fs::exists(output)) return find_done(job, *done);
  std::optional<ResumeState> state = read_state(output, *settings_);
  if (!state) return;
  outcomes_[job] = {Status::begun, *std::move(state), {}};
  const ResumeState& found = outcomes_[job].state;
  if (found.written) {
    if (fs::exists(GrowingFile::partial_path(output))) take_name(output);
    mark_done(job);
    outcomes_[job].status = Status::done_before;
  } else if (!to_folder() && !options_.resume && found.lines > 0) {
    throw Error(concat(GrowingFile::partial_path(output), " holds ", found.lines, found.lines == 1 ? " line" : " lines",
                       " of an interrupted run: --resume goes on with it, --restart begins anew"));
  }
}

/// A file that is done is left alone as long as its input is what it was.
void OutputFiles::find_done(std::size_t job, const DoneFile& done) {
  const std::string& input = jobs_[job].input;
  const bool looks_the_same = done.input_size == sizes_[job] && done.input_time == time_of(input);
  outcomes_[job] = {Status::done_before, done.state, {}};
  if (looks_the_same || documents::fingerprint_of_text(input) == done.state.fingerprint) return;
  outcomes_[job].status = Status::failed;
  outcomes_[job].message = concat(jobs_[job].output, " was made of a text that has changed since: ", input,
                                  "; remove the output to have it made again, or give --restart");
}

void OutputFiles::expect(Origin origin) {
  const std::lock_guard lock(mutex_);
  origins_.push_back(std::move(origin));
  settle();
}

void OutputFiles::give(const Generated& line) {
  const std::lock_guard lock(mutex_);
  const Origin origin = std::move(origins_.front());
  origins_.pop_front();
  if (origin.kind == Origin::Kind::failure) {
    fail(origin.job, origin.message);
  } else if (outcomes_[origin.job].status != Status::failed) {
    take(origin, line);
  }
  settle();
}

/// Files that are over, as far as all their lines were given.
void OutputFiles::settle() {
  while (!origins_.empty() && !origins_.front().has_line) {
    const Origin origin = std::move(origins_.front());
    origins_.pop_front();
    if (origin.kind == Origin::Kind::failure) {
      fail(origin.job, origin.message);
    } else if (outcomes_[origin.job].status != Status::failed) {
      finish(origin);
    }
  }
}

void OutputFiles::take(const Origin& origin, const Generated& line) {
  begin(origin.job);
  if (!file_) return;
  std::string text = rendering_.text(line);
  if (!line.complete) text.pop_back();
  if (line.complete && rendering_.line_ends_as_found && origin.line_end != "\n")
    text.replace(text.size() - 1, 1, origin.line_end);
  ends_torn_ = !text.ends_with('\n');
  file_->append(text);
  line_account_.add(line);
  line_looks_.add(origin.lines + (line.complete ? 0 : 1), line);
  position_ = origin.position;
  if (line.complete) end_line(origin);
  if (jobs_[job_].output == "-" || file_->unflushed() > kMostUnflushed) file_->flush();
  if (line.complete && since_saved_.elapsed_seconds() > seconds_between_saves_) save();
}

/// Everything up to here may be gone on with.
void OutputFiles::end_line(const Origin& origin) {
  ResumeState& state = outcomes_[job_].state;
  state.lines = origin.lines;
  state.fingerprint = origin.fingerprint;
  state.bytes = file_->size() + file_->unflushed();
  state.account += std::exchange(line_account_, {});
  state.looks += std::exchange(line_looks_, {});
}

/// Opens the file's output, if it is not the open one. Where that fails the file is passed over, or it is the only one.
void OutputFiles::begin(std::size_t job) {
  if (file_ && job == job_) return;
  if (file_ && jobs_[job_].output == jobs_[job].output) {
    if (ends_torn_) file_->append("\n");
  } else {
    file_.reset();
    const FileJob& next = jobs_[job];
    try {
      if (to_folder()) make_folder(fs::path(next.output).parent_path());
      file_.emplace(next.output, outcomes_[job].state.bytes);
    } catch (const Error& error) {
      if (jobs_.size() == 1) throw;
      fail(job, error.what());
      return;
    }
    saved_ = outcomes_[job].status == Status::begun;
    since_saved_.restart();
  }
  job_ = job;
  line_account_ = {};
  line_looks_ = {};
  outcomes_[job].status = Status::begun;
  outcomes_[job].state.input = jobs_[job].input;
}

void OutputFiles::finish(const Origin& origin) {
  begin(origin.job);
  if (!file_) return;
  FileOutcome& outcome = outcomes_[origin.job];
  outcome.state.lines = origin.lines;
  outcome.state.fingerprint = origin.fingerprint;
  done_bytes_ += sizes_[origin.job];
  position_ = 0;
  if (GrowingFile::is_in_place(jobs_[origin.job].output)) {
    file_->flush();
  } else {
    outcome.state.written = true;
    if (saved_) save();
    file_->finish();
    file_.reset();
    mark_done(origin.job);
  }
  outcome.status = Status::done;
}

/// The output has its name; nothing else is left of its making.
void OutputFiles::mark_done(std::size_t job) {
  const FileJob& done = jobs_[job];
  if (to_folder()) journal_->add({done.name, sizes_[job], time_of(done.input), outcomes_[job].state});
  fs::remove(state_path(done.output));
}

void OutputFiles::fail(std::size_t job, const std::string& message) {
  if (file_ && job_ == job) {
    save();
    if (!GrowingFile::is_in_place(jobs_[job].output)) file_.reset();
  }
  done_bytes_ += sizes_[job];
  position_ = 0;
  outcomes_[job].status = Status::failed;
  outcomes_[job].message = message;
}

/// Everything given is in the file, and the state says so.
void OutputFiles::save() {
  try {
    file_->flush();
    if (GrowingFile::is_in_place(jobs_[job_].output)) return;
    const Stopwatch watch;
    write_state(jobs_[job_].output, outcomes_[job_].state, *settings_);
    saved_ = true;
    seconds_between_saves_ = std::max(kSecondsBetweenSaves, watch.elapsed_seconds() / kShareOfSaving);
    since_saved_.restart();
  } catch (const BrokenPipe&) {
    throw;
  } catch (const Error& error) {
    throw Error(concat(error.what(), way_on()));
  }
}

std::string OutputFiles::way_on() const {
  if (to_folder()) return "; the same command goes on where it stopped";
  if (!saved_) return {};
  return concat("; ", GrowingFile::partial_path(jobs_[job_].output), " holds what is done: go on with --resume");
}

std::string OutputFiles::suspend() {
  const std::lock_guard lock(mutex_);
  if (file_ && (saved_ || outcomes_[job_].state.lines > 0)) save();
  return way_on();
}

}  // namespace mynah::inference
