// The lines of many files as one stream, each with what puts its translation back where it belongs.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "documents/text_lines.h"
#include "inference/file_jobs.h"
#include "inference/generated.h"
#include "inference/resume_state.h"

namespace mynah::inference {

/// Where a line came from; or that a file is over.
struct Origin {
  enum class Kind { line, end, failure };
  Kind kind = Kind::line;
  std::size_t job = 0;
  std::string line_end;        // as in the file
  bool complete = true;        // false: a piece of a line that goes on
  std::uint64_t lines = 0;     // of the file, up to here
  std::string fingerprint;     // of the file's text, up to here
  std::uint64_t position = 0;  // in the file's own bytes
  std::string message;         // of a failure
  bool has_line = false;       // a line was given with it; of a failure: what is left of the one that it tore
};

/// Reads file after file. A file that cannot be read, or is not what it was when its output was begun, is passed over.
class InputFiles {
 public:
  /// Lines longer than `longest` bytes come in pieces.
  InputFiles(std::vector<FileJob> jobs, std::size_t longest);

  /// The first of the coming lines that is not blank (of a thousand at most), without taking it.
  std::string sample();
  /// The file is not read; its origins do not come.
  void leave_out(std::size_t job);
  /// So many lines of the file are in its output; they are not given, but must be those of the fingerprint.
  void skip(std::size_t job, std::uint64_t lines, const std::string& fingerprint);

  /// The next line. `report` takes its origin, and before it those of files that ended or failed; all in order.
  std::optional<Line> next(const std::function<void(Origin)>& report);

  const std::vector<FileJob>& jobs() const { return jobs_; }

 private:
  struct Item {
    Origin origin;
    std::optional<Line> line;
  };
  struct Skipped {
    std::uint64_t lines = 0;
    std::string fingerprint;
    bool whole_file = false;
  };
  std::optional<Item> take();
  std::optional<Item> read();
  Item read_from_open();
  void close();
  bool is_skipped(Item& item);

  std::vector<FileJob> jobs_;
  std::vector<Skipped> skipped_;
  std::size_t longest_;
  std::size_t job_ = 0;  // being read, or to be read next
  std::unique_ptr<documents::TextLines> open_;
  bool within_line_ = false;  // the last piece was not the end of its line
  std::deque<Item> looked_at_;
};

}  // namespace mynah::inference
