#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "cli/all_options.h"
#include "cli/arguments.h"
#include "cli/program.h"

namespace mynah::cli {

namespace {

std::string build_info(const Program& program) {
  std::string text = concat("mynah ", MYNAH_VERSION, "\ncompiler ", MYNAH_COMPILER, '\n');
  if (program.build_info) text += program.build_info();
  if (!text.ends_with('\n')) text += '\n';
  return text;
}

/// Throws Answered for what is answered without looking at the other options.
void answer(const Program& program, const OptionList& own, const SharedOptions& shared) {
  if (shared.help) throw Answered{help(program, own)};
  if (shared.version) throw Answered{concat(program.name, " (Mynah) ", MYNAH_VERSION, '\n')};
  if (shared.build_info) throw Answered{build_info(program)};
  if (shared.man) throw Answered{man_page(program, own)};
  if (!shared.completion.empty()) throw Answered{completion(program, own, shared.completion)};
  if (shared.options_table) throw Answered{options_table(own)};
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void add_name(CommandLine& line, const std::string& name) {
  if (!line.has(name)) line.given.push_back(name);
}

void apply_config(const std::string& path, const OptionList& own, CommandLine& line) {
  const Json config = read_json(path);
  options_from_json(own, config, path);
  for (const auto& [key, value] : config.items()) add_name(line, own.find(key)->name);
}

}  // namespace

bool CommandLine::has(std::string_view option) const { return contains(given, option); }

bool CommandLine::has_typed(std::string_view option) const { return contains(typed, option); }

CommandLine parse(const Program& program, const OptionList& list, int argc, char** argv) {
  const AllOptions all(list);
  const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  Arguments read = read_arguments(all.list(), arguments);
  const auto is_own = [&list](const GivenOption& given) { return list.find(given.option->name) != nullptr; };
  const auto common_end = std::stable_partition(read.options.begin(), read.options.end(), std::not_fn(is_own));
  for (auto given = read.options.begin(); given != common_end; ++given) given->option->set(given->values);
  answer(program, list, all.shared());

  CommandLine line{std::move(read.words), {}, {}};
  if (!line.words.empty() && program.positional.empty()) {
    throw UsageError(concat("'", line.words.front(), "' stands where an option is expected (see ", program.name, " --help)"));
  }
  if (!all.shared().config.empty()) apply_config(all.shared().config, list, line);
  for (auto given = common_end; given != read.options.end(); ++given) {
    given->option->set(given->values);
    add_name(line, given->option->name);
    line.typed.push_back(given->option->name);
  }
  if (all.shared().dump_config) throw Answered{options_to_json(list).dump(2) + '\n'};
  return line;
}

}  // namespace mynah::cli
