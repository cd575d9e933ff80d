// What the programs share: command line from option lists, exit codes, log and progress on a terminal.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/log.h"
#include "base/option_list.h"
#include "base/progress.h"

namespace mynah::cli {

/// A program as its help and man page present it.
struct Program {
  std::string name;                                           // "translate"
  std::string summary;                                        // one line
  std::string description;                                    // paragraphs of the man page
  std::vector<std::pair<std::string, std::string>> examples;  // command, what it does
  std::string positional;  // how help shows the words behind the options ("TEXT…"); empty: none are taken
  std::function<std::string()> build_info;
};

/// What was on the command line besides options.
struct CommandLine {
  std::vector<std::string> words;
  std::vector<std::string> given;  // names of options that were given, in order
  bool has(std::string_view option) const;
};

/// Sets the members behind `list` from --config FILE.json and then from argv. Handles --help, --version, --build-info,
/// --dump-config, --man and --completion bash|zsh|fish (prints and exits 0). Throws UsageError: unknown option (with the nearest
/// known one, or the explanation of another toolkit's spelling), missing value, value of the wrong kind.
CommandLine parse(const Program& program, const OptionList& list, int argc, char** argv);

/// Runs the program's body and turns what it throws into one line on standard error and an exit code: 1 Error, 2 UsageError,
/// 70 anything else. The one catch.
int run(const std::string& name, const std::function<int()>& body);

/// Man page (roff) and shell completions from the option list.
std::string man_page(const Program& program, const OptionList& list);
std::string completion(const Program& program, const OptionList& list, const std::string& shell);
/// The options as a Markdown table, for README and docs.
std::string options_table(const OptionList& list);

/// Lines to standard error; with time stamps when it is not a terminal. `quiet` keeps only warnings.
Log standard_log(bool quiet);
/// A bar with rate and ETA on a terminal; a plain line every 30 s otherwise; nothing when quiet.
std::unique_ptr<Progress> standard_progress(bool quiet);

}  // namespace mynah::cli
