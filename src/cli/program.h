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
  std::vector<std::string> given;  // names of options that were given, the config file's first
  std::vector<std::string> typed;  // those of them that stood on the command line itself
  bool has(std::string_view option) const;
  bool has_typed(std::string_view option) const;
};

/// Thrown by parse() when something like --help was all that was asked for; run() prints the text and gives 0.
struct Answered {
  std::string text;
};

/// Sets the members behind `list` from --config FILE.json and then from argv. For --help, --version, --build-info, --dump-config,
/// --man, --options-table and --completion bash|zsh|fish throws Answered. Throws UsageError: unknown option (with the nearest
/// known one, or the explanation of another toolkit's spelling), missing value, value of the wrong kind.
/// `--name value`, `--name=value`, `-n value`, `-nvalue`; flags also `--no-name` and `--name=false`; lists take values up to the
/// next option; underscores are as good as dashes; `--` ends the options.
CommandLine parse(const Program& program, const OptionList& list, int argc, char** argv);

/// Runs the program's body and turns what it throws into one line on standard error and an exit code: 1 Error, 2 UsageError,
/// 130 Interrupted, 141 (silently) a closed pipe, 70 anything else. The one catch.
int run(const std::string& name, const std::function<int()>& body);

/// What --help prints, wrapped to 100 columns.
std::string help(const Program& program, const OptionList& list);
/// Man page (roff) and shell completions (bash, zsh or fish) from the option list.
std::string man_page(const Program& program, const OptionList& list);
std::string completion(const Program& program, const OptionList& list, const std::string& shell);
/// The options as a Markdown table, for README and docs.
std::string options_table(const OptionList& list);

/// Lines to standard error; with time stamps when it is not a terminal. `quiet` keeps only warnings.
Log standard_log(bool quiet);
/// A bar with rate and ETA on a terminal; a plain line every 30 s otherwise; nothing when quiet.
std::unique_ptr<Progress> standard_progress(bool quiet);

}  // namespace mynah::cli
