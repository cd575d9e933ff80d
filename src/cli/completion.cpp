#include <algorithm>

#include "base/error.h"
#include "cli/all_options.h"
#include "cli/option_text.h"
#include "cli/program.h"

namespace mynah::cli {

namespace {

enum class Completes { nothing, choices, folders, files };

/// What can be proposed for an option's value.
Completes value_of(const Option& option) {
  if (!option.choices.empty()) return Completes::choices;
  if (option.value_name.starts_with("DIR")) return Completes::folders;
  const bool number =
      option.kind == OptionKind::integer || option.kind == OptionKind::number || option.kind == OptionKind::numbers;
  return number || option.kind == OptionKind::flag ? Completes::nothing : Completes::files;
}

std::string choices(const Option& option) {
  std::string text;
  for (const std::string& choice : option.choices) text += (text.empty() ? "" : " ") + choice;
  return text;
}

/// "--beam-size -b", joined by `separator`.
std::string spellings(const Option& option, std::string_view separator) {
  const std::string short_form = letter(option);
  return short_form.empty() ? "--" + option.name : concat("--", option.name, separator, "-", short_form);
}

/// As it stands between single quotes, with `special` characters behind a backslash.
std::string in_quotes(std::string_view text, std::string_view special = "") {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      if (special.find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string bash(const Program& program, const OptionList& list) {
  std::string all, cases;
  for (const Option& option : list.options()) {
    all += (all.empty() ? "" : " ") + spellings(option, " ");
    if (option.kind == OptionKind::flag && option.default_text == "true") all += " --no-" + option.name;
    const Completes value = value_of(option);
    const std::string pattern = concat("    ", spellings(option, "|"), ") ");
    if (value == Completes::choices)
      cases += concat(pattern, "COMPREPLY=($(compgen -W '", choices(option), "' -- \"$word\")); return ;;\n");
    if (value == Completes::folders)
      cases += concat(pattern, "compopt -o filenames; COMPREPLY=($(compgen -d -- \"$word\")); return ;;\n");
  }
  const std::string function = "_mynah_" + program.name;
  return concat(function, "() {\n  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n  COMPREPLY=()\n",
                "  case $before in\n", cases, "  esac\n", "  if [[ $word == -* ]]; then\n    COMPREPLY=($(compgen -W '", all,
                "' -- \"$word\"))\n  fi\n}\n", "complete -o bashdefault -o default -F ", function, " ", program.name, '\n');
}

/// The ":what:how" part of a specification for _arguments.
std::string zsh_value(const Option& option) {
  if (option.kind == OptionKind::flag) return "";
  const std::string name = in_quotes(value_name(option), ":[]\\");
  switch (value_of(option)) {
    case Completes::choices:
      return concat(":", name, ":(", in_quotes(choices(option)), ")");
    case Completes::folders:
      return concat(":", name, ":_files -/");
    case Completes::files:
      return concat(":", name, ":_files");
    case Completes::nothing:
      break;
  }
  return concat(":", name, ": ");
}

std::string zsh(const Program& program, const OptionList& list) {
  std::string text = concat("#compdef ", program.name, "\n_arguments -s");
  const auto add = [&text](const std::string& spelled, const Option& option) {
    const bool repeats = option.kind == OptionKind::list || option.kind == OptionKind::numbers;
    text += concat(" \\\n  '", repeats ? "*" : "", spelled, "[", in_quotes(option.help, ":[]\\"), "]", zsh_value(option), "'");
  };
  for (const Option& option : list.options()) {
    add("--" + option.name, option);
    if (const std::string short_form = letter(option); !short_form.empty()) add("-" + short_form, option);
  }
  return text + " \\\n  '*:file:_files'\n";
}

std::string fish(const Program& program, const OptionList& list) {
  std::string text;
  for (const Option& option : list.options()) {
    text += concat("complete -c ", program.name, " -l ", option.name);
    if (const std::string short_form = letter(option); !short_form.empty()) text += " -s " + short_form;
    const Completes value = value_of(option);
    if (value == Completes::choices) text += concat(" -x -a '", in_quotes(choices(option), "\\"), "'");
    if (value == Completes::folders) text += " -x -a '(__fish_complete_directories)'";
    if (value == Completes::files) text += " -r";
    if (value == Completes::nothing && option.kind != OptionKind::flag) text += " -x";
    text += concat(" -d '", in_quotes(option.help, "\\"), "'\n");
  }
  return text;
}

}  // namespace

std::string completion(const Program& program, const OptionList& list, const std::string& shell) {
  const AllOptions all(list);
  if (shell == "bash") return bash(program, all.list());
  if (shell == "zsh") return zsh(program, all.list());
  if (shell == "fish") return fish(program, all.list());
  throw UsageError(concat("--completion: expected bash, zsh or fish, found '", shell, "'"));
}

}  // namespace mynah::cli
