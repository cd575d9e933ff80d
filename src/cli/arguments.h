// The words of a command line, told apart: options with their values, and the rest.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "base/option_list.h"

namespace mynah::cli {

/// An option that was given, with its values as text; lists given several times are joined.
struct GivenOption {
  const Option* option;
  std::vector<std::string> values;
};

struct Arguments {
  std::vector<GivenOption> options;  // in the order given
  std::vector<std::string> words;
};

/// Reads a command line (without the program's name). Sets nothing. Throws UsageError: unknown option, value missing.
Arguments read_arguments(const OptionList& list, std::span<const std::string> arguments);

}  // namespace mynah::cli
