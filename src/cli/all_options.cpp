#include "cli/all_options.h"

namespace mynah::cli {

AllOptions::AllOptions(const OptionList& own) : list_(own) {
  list_.group("Help and configuration");
  list_.add("help", shared_.help, "Show this help").alias("h");
  list_.add("config", shared_.config, "Read options from a JSON file first: their names with underscores, and their values")
      .alias("c")
      .value("FILE.json");
  list_.add("dump-config", shared_.dump_config, "Print all options with their values as such a file, and do nothing else");
  list_.add("version", shared_.version, "Print the version");
  list_.add("build-info", shared_.build_info, "Print the version, the compiler and what of the processor is used");
  list_.add("man", shared_.man, "Print the manual page (for man -l -)");
  list_.add("completion", shared_.completion, "Print a completion script for a shell")
      .one_of({"bash", "zsh", "fish"})
      .value("SHELL");
  list_.add("options-table", shared_.options_table, "Print the options as a Markdown table");
}

}  // namespace mynah::cli
