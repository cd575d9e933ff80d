// Which files of a folder are done, so that a run over it goes on where it stopped, however it stopped.
#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "base/file_descriptor.h"
#include "base/json.h"
#include "inference/resume_state.h"

namespace mynah::inference {

/// What is known of a file that is done.
struct DoneFile {
  std::string name;  // of the output, from the folder on
  std::uint64_t input_size = 0;
  std::int64_t input_time = 0;  // of its last change, in nanoseconds; with the size a quick look whether it is still the same
  ResumeState state;
};

/// Lines of JSON in the output's folder, one for each file that is done; a last line that a crash cut off does not count.
class Journal {
 public:
  /// Reads what is there; with `restart` begins anew. Throws Error naming what changed when the settings were others.
  Journal(const std::string& folder, const Json& settings, bool restart);

  /// Null when the file is not done.
  const DoneFile* find(const std::string& name) const;
  /// In the file when it returns.
  void add(const DoneFile& done);

 private:
  void read(const Json& settings);

  std::string path_;
  FileDescriptor file_;
  std::map<std::string, DoneFile> done_;
};

}  // namespace mynah::inference
