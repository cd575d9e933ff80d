// What is said about a run over files: a few sentences for the screen, everything as JSON.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "base/log.h"
#include "inference/account.h"
#include "inference/output_files.h"

namespace mynah::inference {

/// How a run over files came out.
struct RunReport {
  std::vector<FileJob> jobs;
  std::vector<FileOutcome> outcomes;  // a job each
  Account account;                    // of the lines of this run
  std::vector<std::string> problems;  // folders and files, other than the jobs, that something is wrong with
  std::vector<std::string> others;    // files that were not meant
  bool interrupted = false;
  bool documents = false;  // are read, not lines

  std::uint64_t failed() const;
  std::uint64_t suspects() const;
};

Json to_json(const RunReport& report);

/// "2 other files were not read: a.pdf, b.png; --include says which are".
std::string not_read(const std::vector<std::string>& others);

/// "12 files, 3 lines, 4 sentences, 57 target pieces in 0.8 s (…)", failures, repairs, and the first of the lines worth a look.
/// Of documents: what was read of them, and in how many sentences it is said.
void say(const RunReport& report, const Log& log);

}  // namespace mynah::inference
