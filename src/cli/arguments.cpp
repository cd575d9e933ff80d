#include "cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "base/error.h"

namespace mynah::cli {

namespace {

constexpr int kMany = 1 << 24;

bool is_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error != std::errc::invalid_argument && end == text.data() + text.size();
}

/// "-" means standard input, "-0.5" is a number, and "-5u" was meant as one: no option begins with a digit.
bool looks_like_option(std::string_view text) {
  if (text.size() < 2 || text[0] != '-') return false;
  return !is_number(text) && (text[1] < '0' || text[1] > '9');
}

bool takes_many(const Option& option) { return option.kind == OptionKind::list || option.kind == OptionKind::numbers; }

/// How CLI11 spells an option: "--beam-size,-b,--num-beams"; flags can be turned off: "--quiet,!--no-quiet".
std::string spellings(const Option& option) {
  std::string names = "--" + option.name;
  for (const std::string& alias : option.aliases) names += (alias.size() == 1 ? ",-" : ",--") + alias;
  if (option.kind != OptionKind::flag) return names;
  names += ",!--no-" + option.name;
  for (const std::string& alias : option.aliases) names += alias.size() == 1 ? "" : ",!--no-" + alias;
  return names;
}

[[noreturn]] void refuse(const OptionList& list, const std::string& word) {
  const std::string spelled = word.starts_with("--") ? word.substr(0, word.find('=')) : word.substr(0, 2);
  const std::string name =
      spelled.substr(spelled.find_first_not_of('-') == std::string::npos ? spelled.size() : spelled.find_first_not_of('-'));
  const std::optional<std::string> explanation = list.foreign_explanation(name);
  if (explanation) throw UsageError(concat("unknown option ", spelled, ": ", *explanation));
  const std::string nearest = list.nearest(name);
  throw UsageError(concat("unknown option ", spelled, ": ",
                          nearest.empty() ? "--help shows those there are" : concat("the nearest known one is --", nearest)));
}

/// An option that wants a value must not swallow the option behind it.
void expect_value(const OptionList& list, const std::string& word, std::span<const std::string> rest) {
  if (!looks_like_option(word) || (word.starts_with("--") ? word.find('=') != std::string::npos : word.size() > 2)) return;
  const Option* option = list.find(word.substr(word.find_first_not_of('-')));
  if (!option || option->kind == OptionKind::flag || (!rest.empty() && !looks_like_option(rest.front()))) return;
  throw UsageError(concat("--", option->name, ": a value is expected behind it", rest.empty() ? "" : ", found the option ",
                          rest.empty() ? "" : rest.front()));
}

/// The words before "--", as CLI11 wants them: last one first, names with dashes only, `--name=` as a name and an empty value.
std::vector<std::string> for_cli11(const OptionList& list, std::span<const std::string> arguments) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string word = arguments[i];
    if (word.starts_with("--")) {
      const auto name_end = word.begin() + static_cast<std::ptrdiff_t>(std::min(word.find('='), word.size()));
      std::replace(word.begin(), name_end, '_', '-');
      if (word.size() < 3 || word[2] == '=') refuse(list, word);
    }
    expect_value(list, word, arguments.subspan(i + 1));
    const bool empty_value = word.starts_with("--") && word.ends_with('=') && word.find('=') + 1 == word.size();
    words.push_back(empty_value ? word.substr(0, word.size() - 1) : word);
    if (empty_value) words.emplace_back();
  }
  std::ranges::reverse(words);
  return words;
}

}  // namespace

Arguments read_arguments(const OptionList& list, std::span<const std::string> arguments) {
  CLI::App app;
  app.set_help_flag();  // ours is in the list
  app.allow_extras();   // words, and options nobody knows
  std::map<const CLI::Option*, const Option*> options;
  for (const Option& option : list.options()) {
    CLI::Option* made = option.kind == OptionKind::flag ? app.add_flag(spellings(option)) : app.add_option(spellings(option));
    if (takes_many(option)) made->expected(1, kMany);
    made->multi_option_policy(takes_many(option) ? CLI::MultiOptionPolicy::TakeAll : CLI::MultiOptionPolicy::TakeLast);
    options[made] = &option;
  }
  const auto options_end = std::ranges::find(arguments, "--");
  try {
    app.parse(for_cli11(list, {arguments.begin(), options_end}));
  } catch (const CLI::ParseError& problem) {
    throw UsageError(problem.what());
  }
  Arguments read;
  for (const std::string& word : app.remaining()) {
    if (looks_like_option(word)) refuse(list, word);
    read.words.push_back(word);
  }
  for (const CLI::Option* given : app.parse_order()) {
    const auto option = options.find(given);
    const auto same = [&](const GivenOption& earlier) { return option->second == earlier.option; };
    if (option == options.end() || std::ranges::any_of(read.options, same)) continue;
    std::vector<std::string> values = given->results();
    if (!takes_many(*option->second)) values = {values.back()};
    if (values == std::vector<std::string>{""} && takes_many(*option->second)) values.clear();  // --list= empties a list
    read.options.push_back({option->second, std::move(values)});
  }
  if (options_end != arguments.end()) read.words.insert(read.words.end(), options_end + 1, arguments.end());
  return read;
}

}  // namespace mynah::cli
