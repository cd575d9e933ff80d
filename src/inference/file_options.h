// What programs that work through files can be told about them.
#pragma once
#include <string>
#include <vector>

#include "base/option_list.h"

namespace mynah::inference {

struct FileOptions {
  std::vector<std::string> inputs;  // files and folders; "-" is standard input; none: standard input
  std::string output;               // a file, or a folder where there are several inputs; empty or "-": standard output
  std::vector<std::string> include, exclude;
  bool copy_others = false;
  bool resume = false, restart = false;
  std::string report;
  bool strict = false;
};

/// The rows of the option list for programs that read lines: --input, --output, --include …
void list_options(FileOptions& options, OptionList& list);
/// Those that say the same whatever is read: --exclude, --copy-others, --restart, --report.
void list_folder_options(FileOptions& options, OptionList& list);

/// Throws UsageError naming the options that contradict each other.
void validate(const FileOptions& options);

}  // namespace mynah::inference
