#include "base/error.h"
#include "cli/all_options.h"
#include "cli/option_text.h"
#include "cli/program.h"

namespace mynah::cli {

namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kDescriptionColumn = 32;

/// "  -b, --beam-size N      Hypotheses …", wrapped; a long spelling has a line of its own.
std::string row(const Option& option) {
  const std::string short_form = letter(option);
  std::string text = concat(short_form.empty() ? "      " : "  -" + short_form + ", ", spelling(option));
  if (const std::string value = value_name(option); !value.empty()) text += " " + value;
  std::size_t column = width(text);
  if (column + 2 > kDescriptionColumn) {
    text += '\n';
    column = 0;
  }
  for (const std::string& line : wrap(description(option), kColumns - kDescriptionColumn)) {
    text += std::string(kDescriptionColumn - column, ' ') + line + '\n';
    column = 0;
  }
  return text;
}

}  // namespace

std::string help(const Program& program, const OptionList& list) {
  const AllOptions all(list);
  std::string text =
      concat("Usage: ", program.name, " [OPTION…]", program.positional.empty() ? "" : " [--] ", program.positional);
  text += "\n\n";
  for (const std::string& line : wrap(program.summary, kColumns)) text += line + '\n';
  for (const OptionGroup& group : by_group(all.list())) {
    text += concat('\n', group.heading, ":\n");
    for (const Option* option : group.options) text += row(*option);
  }
  if (!program.examples.empty()) text += "\nExamples:\n";
  for (const auto& [command, meaning] : program.examples) text += concat("  ", command, "\n      ", meaning, '\n');
  return text;
}

}  // namespace mynah::cli
