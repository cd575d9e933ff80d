#include "inference/file_jobs.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>

#include "base/error.h"
#include "documents/folder.h"

namespace mynah::inference {
namespace {

namespace fs = std::filesystem;

bool is_folder(const std::string& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

/// Of files that may not be there yet.
bool is_same_file(const std::string& one, const std::string& other) {
  if (one.empty() || other.empty() || one == "-" || other == "-") return false;
  std::error_code error;
  if (fs::equivalent(one, other, error)) return true;
  const fs::path here = fs::weakly_canonical(one, error), there = fs::weakly_canonical(other, error);
  return !here.empty() && here == there;
}

documents::Patterns patterns_of(const FileOptions& options, const FileKinds& kinds) {
  documents::Patterns patterns{options.include, options.exclude};
  if (!patterns.include.empty()) return patterns;
  for (const std::string& ending : kinds.endings) {
    for (const char* compression : {"", ".gz", ".xz", ".zst"}) patterns.include.push_back(concat("*.", ending, compression));
  }
  return patterns;
}

std::string listed(const std::vector<std::string>& patterns, const char* before) {
  std::string text;
  for (const std::string& pattern : patterns) text += concat(text.empty() ? "" : ", ", before, pattern);
  return text;
}

class Planner {
 public:
  Planner(const FileOptions& options, const FileKinds& kinds)
      : options_(options), kinds_(kinds), patterns_(patterns_of(options, kinds)) {
    const bool several = options.inputs.size() > 1 || std::ranges::any_of(options.inputs, is_folder);
    const bool to_files = !options.output.empty() && options.output != "-";
    if (to_files && (several || options.output.ends_with('/') || is_folder(options.output))) plan_.folder = options.output;
  }

  FilePlan plan() {
    expect_folder_for_patterns();
    if (options_.copy_others && plan_.folder.empty())
      throw UsageError("--copy-others copies to the folder --output, and none was given");
    if (!plan_.folder.empty() && fs::exists(plan_.folder) && !is_folder(plan_.folder)) {
      throw Error(concat("--output ", plan_.folder, " is a file; several inputs go to a folder"));
    }
    if (options_.inputs.empty()) add_file("-");
    for (const std::string& input : options_.inputs) {
      is_folder(input) ? add_folder(input) : add_file(input);
    }
    return std::move(plan_);
  }

 private:
  /// Patterns run to the next option, so that a folder behind them is taken for one.
  void expect_folder_for_patterns() const {
    const bool has_patterns = !options_.include.empty() || !options_.exclude.empty();
    if (!has_patterns || std::ranges::any_of(options_.inputs, is_folder)) return;
    for (const auto& [option, patterns] :
         {std::pair("--include", &options_.include), std::pair("--exclude", &options_.exclude)}) {
      const auto folder = std::ranges::find_if(*patterns, is_folder);
      if (folder == patterns->end()) continue;
      throw UsageError(concat(option, " takes all that follows up to the next option for patterns, ", *folder,
                              " too: name the folder before ", option));
    }
    throw UsageError("--include and --exclude choose among the files of folders, and no folder was given");
  }

  std::string meant() const {
    return options_.include.empty() ? listed(kinds_.endings, "*.") + " (compressed or not)" : listed(options_.include, "");
  }

  void add_file(const std::string& input) {
    if (input != "-" && !fs::exists(input))
      throw Error(concat("cannot read ", input.empty() ? "''" : input, ": no such file or folder"));
    if (input == "-" && !plan_.folder.empty()) {
      throw Error(
          concat("standard input has no name to go by in the folder ", plan_.folder, ": give --output FILE with it alone"));
    }
    add(input, plan_.folder.empty() ? input : fs::path(input).filename().string());
  }

  void add_folder(const std::string& folder) {
    documents::Listing listing = documents::list_folder(folder, patterns_, plan_.folder);
    if (listing.meant.empty()) {
      throw Error(concat("the folder ", folder, " holds no file named ", meant(), "; --include says which are meant (",
                         listing.others.size(), listing.others.size() == 1 ? " other)" : " others)"));
    }
    for (const fs::path& relative : listing.meant) add(fs::path(folder) / relative, relative.string());
    for (const fs::path& relative : listing.others) {
      plan_.others.emplace_back(fs::path(folder) / relative, fs::path(plan_.folder) / relative);
    }
    plan_.unreadable.insert(plan_.unreadable.end(), listing.unreadable.begin(), listing.unreadable.end());
  }

  void add(const std::string& input, const std::string& name) {
    FileJob job{input, "-", name == "-" ? "standard input" : name};
    if (!plan_.folder.empty()) {
      job.output = (fs::path(plan_.folder) / kinds_.output_name(name)).string();
      const auto [known, is_new] = inputs_.emplace(job.output, input);
      if (!is_new) throw Error(concat(known->second, " and ", input, " would both become ", job.output, "; give them apart"));
    } else if (!options_.output.empty()) {
      job.output = options_.output;
    }
    expect_apart(job.output, "--output", {job.input});
    expect_apart(options_.report, "--report", {job.input, job.output});
    plan_.jobs.push_back(std::move(job));
  }

  const FileOptions& options_;
  const FileKinds& kinds_;
  documents::Patterns patterns_;
  FilePlan plan_;
  std::map<std::string, std::string> inputs_;  // by output
};

}  // namespace

void expect_apart(const std::string& written, const char* option, const std::vector<std::string>& others) {
  for (const std::string& other : others) {
    if (is_same_file(written, other))
      throw Error(concat(option, " would replace ", other, ", which this run needs; give another ", option));
  }
}

FilePlan plan_files(const FileOptions& options, const FileKinds& kinds) { return Planner(options, kinds).plan(); }

FilePlan plan_files(const FileOptions& options, const std::string& language) {
  FileKinds kinds{{"txt", "text"}};
  if (!language.empty()) kinds.endings.push_back(language);
  return plan_files(options, kinds);
}

}  // namespace mynah::inference
