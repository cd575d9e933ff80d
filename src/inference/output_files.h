// Generated lines into the files they belong to, in such a way that a run may end at any moment and be gone on with.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/growing_file.h"
#include "base/json.h"
#include "base/stopwatch.h"
#include "inference/file_jobs.h"
#include "inference/input_files.h"
#include "inference/journal.h"
#include "inference/resume_state.h"

namespace mynah::inference {

/// How one file of a run came out.
struct FileOutcome {
  enum class Status { waiting, begun, done, done_before, failed };
  Status status = Status::waiting;
  ResumeState state;
  std::string message;  // why it failed
};

/// How lines are written.
struct Rendering {
  std::function<std::string(const Generated&)> text;  // ends in "\n"
  bool line_ends_as_found = true;                     // each line ends as it did in its file
};

/// Writes the files of a run, one after the other. The origins of lines are told in order by one thread while results come from
/// others, in the same order. What stands in a partial file and what its state says of it agree whenever either is written, which
/// is several times a second.
class OutputFiles {
 public:
  /// Finds out what is there from an earlier run. Throws Error when that cannot be gone on with: other settings, damage, or
  /// nobody said that it should be. `settings` is what the text of the outputs depends on.
  OutputFiles(const FilePlan& plan, const FileOptions& options, const Json& settings, Rendering rendering);
  /// Saves how far it is, if it can.
  ~OutputFiles();

  /// How each file stands: done_before ones need not be read, begun ones from their line on.
  const std::vector<FileOutcome>& outcomes() const { return outcomes_; }

  /// Tells where the next line comes from, or that a file is over.
  void expect(Origin origin);
  /// Takes the next line's result. Throws Error when it cannot be written, with a word on how to go on.
  void give(const Generated& line);
  /// The run is cut short: saves what was given. How to go on, as part of a sentence; empty when there is nothing to go on with.
  std::string suspend();

  /// In bytes of all inputs.
  std::uint64_t position() const { return done_bytes_ + position_; }
  std::uint64_t bytes() const;

 private:
  void find_earlier(std::size_t job);
  void find_done(std::size_t job, const DoneFile& done);
  void begin(std::size_t job);
  void take(const Origin& origin, const Generated& line);
  void end_line(const Origin& origin);
  void settle();
  void finish(const Origin& origin);
  void fail(std::size_t job, const std::string& message);
  void save();
  void mark_done(std::size_t job);
  std::string way_on() const;
  bool to_folder() const { return journal_.has_value(); }

  std::vector<FileJob> jobs_;
  FileOptions options_;
  std::shared_ptr<const Json> settings_;
  Rendering rendering_;
  std::vector<FileOutcome> outcomes_;
  std::vector<std::uint64_t> sizes_;  // of the inputs; 0 where unknown
  std::optional<Journal> journal_;

  std::mutex mutex_;
  std::deque<Origin> origins_;
  std::optional<GrowingFile> file_;
  std::size_t job_ = 0;   // that `file_` belongs to
  Account line_account_;  // of the line whose pieces are coming
  WorthALook line_looks_;
  bool ends_torn_ = false;  // what was written last does not end in a line break
  Stopwatch since_saved_;
  double seconds_between_saves_;
  bool saved_ = false;  // there is a state file
  std::uint64_t position_ = 0, done_bytes_ = 0;
};

}  // namespace mynah::inference
