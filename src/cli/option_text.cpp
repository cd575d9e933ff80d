#include "cli/option_text.h"

#include <algorithm>

#include "base/error.h"

namespace mynah::cli {

namespace {

bool on_by_default(const Option& option) { return option.kind == OptionKind::flag && option.default_text == "true"; }

/// "relu, gelu; default: relu", as much of it as there is.
std::string choices_and_default(const Option& option) {
  std::string text;
  for (const std::string& choice : option.choices) text += (text.empty() ? "" : ", ") + choice;
  const std::string shown = option.kind == OptionKind::flag ? (on_by_default(option) ? "on" : "") : option.default_text;
  if (!shown.empty()) text += (text.empty() ? "default: " : "; default: ") + shown;
  return text;
}

}  // namespace

std::vector<OptionGroup> by_group(const OptionList& list) {
  std::vector<OptionGroup> groups;
  for (const Option& option : list.options()) {
    const std::string heading = option.group.empty() ? "Options" : option.group;
    const auto is_same = [&heading](const OptionGroup& group) { return group.heading == heading; };
    auto group = std::find_if(groups.begin(), groups.end(), is_same);
    if (group == groups.end()) group = groups.insert(groups.end(), {heading, {}});
    group->options.push_back(&option);
  }
  return groups;
}

std::string letter(const Option& option) {
  const auto is_letter = [](const std::string& alias) { return alias.size() == 1; };
  const auto found = std::find_if(option.aliases.begin(), option.aliases.end(), is_letter);
  return found == option.aliases.end() ? "" : *found;
}

std::string spelling(const Option& option) { return (on_by_default(option) ? "--[no-]" : "--") + option.name; }

std::string value_name(const Option& option) {
  const std::string& given = option.value_name;
  switch (option.kind) {
    case OptionKind::flag:
      return "";
    case OptionKind::integer:
      return given.empty() ? "N" : given;
    case OptionKind::number:
      return given.empty() ? "X" : given;
    case OptionKind::text:
      return given.empty() ? "TEXT" : given;
    case OptionKind::list:
      return (given.empty() ? "TEXT" : given) + "…";
    case OptionKind::numbers:
      return (given.empty() ? "X" : given) + "…";
  }
  return "";
}

std::string description(const Option& option) {
  const std::string values = choices_and_default(option);
  return values.empty() ? option.help : concat(option.help, " (", values, ")");
}

std::string other_spellings(const Option& option) {
  std::string text;
  for (const std::string& alias : option.aliases) {
    if (alias.size() > 1) text += (text.empty() ? "--" : ", --") + alias;
  }
  return text;
}

std::size_t width(std::string_view text) {
  const auto starts_character = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, space);
    if (!lines.back().empty() && width(lines.back()) + 1 + width(word) > columns) lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    lines.back() += word;
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return lines;
}

}  // namespace mynah::cli
