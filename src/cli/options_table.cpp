#include "base/error.h"
#include "cli/option_text.h"
#include "cli/program.h"

namespace mynah::cli {

namespace {

/// Text for a cell: no bar may end it early.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) escaped += c == '|' ? std::string("\\|") : std::string(1, c);
  return escaped;
}

std::string row(const Option& option) {
  const std::string short_form = letter(option);
  const std::string value = value_name(option);
  const std::string others = other_spellings(option);
  return concat("| `", short_form.empty() ? "" : "-" + short_form + ", ", spelling(option),
                value.empty() ? "" : " " + cell(value), "` | ", cell(description(option)),
                others.empty() ? "" : ". Also " + others, " |\n");
}

}  // namespace

std::string options_table(const OptionList& list) {
  std::string text;
  for (const OptionGroup& group : by_group(list)) {
    text += concat(text.empty() ? "" : "\n", "**", group.heading, "**\n\n| option | meaning |\n|---|---|\n");
    for (const Option* option : group.options) text += row(*option);
  }
  return text;
}

}  // namespace mynah::cli
