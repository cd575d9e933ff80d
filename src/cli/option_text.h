// How options are spelled and described, shared by help, man page, completions and the table.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/option_list.h"

namespace mynah::cli {

struct OptionGroup {
  std::string heading;
  std::vector<const Option*> options;
};

/// The options by heading, both in the order they were added.
std::vector<OptionGroup> by_group(const OptionList& list);

/// "b" for an option with the alias b, else empty.
std::string letter(const Option& option);
/// "--beam-size", or "--[no-]split-sentences" for a flag that is on by default.
std::string spelling(const Option& option);
/// "N", "DIR", "FILE…"; empty for flags.
std::string value_name(const Option& option);
/// The help with choices and default behind it: "… (relu, gelu; default: relu)".
std::string description(const Option& option);
/// "--num-beams, --beam"; empty when there are no other long spellings.
std::string other_spellings(const Option& option);

/// Characters, as far as UTF-8 shows them: its code points.
std::size_t width(std::string_view text);
/// Lines of at most `columns` characters, broken at spaces; longer words stand alone.
std::vector<std::string> wrap(std::string_view text, std::size_t columns);

}  // namespace mynah::cli
