// Which files a run reads, and where what is made of each one goes.
#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "inference/file_options.h"

namespace mynah::inference {

struct FileJob {
  std::string input;   // path; "-" is standard input
  std::string output;  // path; "-" is standard output
  std::string name;    // as reports call it: the path below the output's folder, or the input
};

struct FilePlan {
  std::vector<FileJob> jobs;                                // in the order of the inputs, each folder's by name
  std::string folder;                                       // where all outputs go; empty: to one file or to standard output
  std::vector<std::pair<std::string, std::string>> others;  // files of the folders that are not meant, and where copies would go
  std::vector<std::string> unreadable;                      // sentences naming folders that cannot be looked into
};

/// Which files of a folder are meant where --include does not say, and what outputs in a folder are called.
struct FileKinds {
  std::vector<std::string> endings;  // "txt"; compressed or not
  std::function<std::string(const std::string& name)> output_name = [](const std::string& name) { return name; };
};

/// Throws Error where a file that is to be written (by `option`; "-" and none are no files) is one of those that are read, or
/// written by another option.
void expect_apart(const std::string& written, const char* option, const std::vector<std::string>& others);

/// Throws Error naming what is missing or in the way: an input that is not there, a folder without any file to read, two inputs
/// with one output, an output that is an input; UsageError for patterns without a folder.
FilePlan plan_files(const FileOptions& options, const FileKinds& kinds);
/// Text in a language: *.txt, *.text and *.LANGUAGE, under their own names.
FilePlan plan_files(const FileOptions& options, const std::string& language);

}  // namespace mynah::inference
