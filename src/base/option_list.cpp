#include "base/option_list.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "base/error.h"

namespace mynah {

namespace {

using Values = std::vector<std::string>;

std::string join(const Values& values, std::string_view separator) {
  std::string text;
  for (const std::string& value : values) text.append(text.empty() ? "" : separator).append(value);
  return text;
}

[[noreturn]] void refuse(const std::string& name, std::string_view expected, std::string_view found) {
  throw UsageError(concat("--", name, ": expected ", expected, ", found '", found, "'"));
}

const std::string& only(const std::string& name, const Values& values) {
  if (values.size() != 1) refuse(name, "one value", join(values, " "));
  return values.front();
}

bool read_flag(const std::string& name, const Values& values) {
  if (values.empty()) return true;
  const std::string& text = only(name, values);
  if (text == "true" || text == "yes" || text == "on" || text == "1") return true;
  if (text == "false" || text == "no" || text == "off" || text == "0") return false;
  refuse(name, "true or false", text);
}

template <class Integer>
Integer read_integer(const std::string& name, const std::string& text) {
  Integer value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) {
    using Limits = std::numeric_limits<Integer>;
    refuse(name, concat("a whole number from ", Limits::min(), " to ", Limits::max()), text);
  }
  if (error != std::errc() || end != text.data() + text.size()) refuse(name, "a whole number", text);
  return value;
}

double read_number(const std::string& name, const std::string& text) {
  double value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) refuse(name, "a number", text);
  return value;
}

/// The shortest text that reads back as the same number; powers of ten only where zeros would be many.
std::string number_text(double value) {
  std::array<char, 32> text{};
  const double size = std::abs(value);
  const bool plain = size == 0 || (size >= 1e-5 && size < 1e15);
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value,
                                          plain ? std::chars_format::fixed : std::chars_format::scientific);
  ensure(error == std::errc(), "any double fits 32 characters");
  return {text.data(), end};
}

std::string flat(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other (Damerau 1964).
std::size_t edit_distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> before_last, last(to.size() + 1), current(to.size() + 1);
  for (std::size_t j = 0; j <= to.size(); ++j) current[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    before_last = std::exchange(last, current);
    current[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const bool same = from[i - 1] == to[j - 1];
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
      if (swapped) current[j] = std::min(current[j], before_last[j - 2] + 1);
    }
  }
  return current[to.size()];
}

}  // namespace

Option& Option::one_of(std::vector<std::string> values) {
  choices = std::move(values);
  Values accepted = choices;
  accepted.push_back(default_text);  // so that written options read back
  set = [option = name, accepted, shown = join(choices, ", "), inner = std::move(set)](const Values& given) {
    for (const std::string& value : given) {
      if (std::find(accepted.begin(), accepted.end(), value) == accepted.end()) refuse(option, "one of " + shown, value);
    }
    inner(given);
  };
  return *this;
}

void OptionList::group(std::string heading) { group_ = std::move(heading); }

Option& OptionList::add(std::string name, OptionKind kind, std::string help, Getter get, Setter set) {
  ensure(find(name) == nullptr, "option names differ");
  Option option;
  option.name = std::move(name);
  option.group = group_;
  option.help = std::move(help);
  option.kind = kind;
  option.default_text = join(get(), " ");
  option.get = std::move(get);
  option.set = std::move(set);
  return options_.emplace_back(std::move(option));
}

Option& OptionList::add(std::string name, bool& member, std::string help) {
  return add(
      name, OptionKind::flag, std::move(help), [&member] { return Values{member ? "true" : "false"}; },
      [&member, name](const Values& values) { member = read_flag(name, values); });
}

Option& OptionList::add(std::string name, int& member, std::string help) {
  return add(
      name, OptionKind::integer, std::move(help), [&member] { return Values{std::to_string(member)}; },
      [&member, name](const Values& values) { member = read_integer<int>(name, only(name, values)); });
}

Option& OptionList::add(std::string name, std::int64_t& member, std::string help) {
  return add(
      name, OptionKind::integer, std::move(help), [&member] { return Values{std::to_string(member)}; },
      [&member, name](const Values& values) { member = read_integer<std::int64_t>(name, only(name, values)); });
}

Option& OptionList::add(std::string name, double& member, std::string help) {
  return add(
      name, OptionKind::number, std::move(help), [&member] { return Values{number_text(member)}; },
      [&member, name](const Values& values) { member = read_number(name, only(name, values)); });
}

Option& OptionList::add(std::string name, std::string& member, std::string help) {
  return add(
      name, OptionKind::text, std::move(help), [&member] { return Values{member}; },
      [&member, name](const Values& values) { member = only(name, values); });
}

Option& OptionList::add(std::string name, std::vector<std::string>& member, std::string help) {
  return add(
      std::move(name), OptionKind::list, std::move(help), [&member] { return member; },
      [&member](const Values& values) { member = values; });
}

Option& OptionList::add(std::string name, std::vector<double>& member, std::string help) {
  const auto get = [&member] {
    Values texts;
    for (const double number : member) texts.push_back(number_text(number));
    return texts;
  };
  const auto set = [&member, name](const Values& values) {
    std::vector<double> numbers;
    for (const std::string& text : values) numbers.push_back(read_number(name, text));
    member = std::move(numbers);
  };
  return add(name, OptionKind::numbers, std::move(help), get, set);
}

Option& OptionList::add(std::string name, std::optional<int>& member, std::string help) {
  return add(
      name, OptionKind::integer, std::move(help), [&member] { return member ? Values{std::to_string(*member)} : Values{}; },
      [&member, name](const Values& values) { member = read_integer<int>(name, only(name, values)); });
}

Option& OptionList::add(std::string name, std::optional<double>& member, std::string help) {
  return add(
      name, OptionKind::number, std::move(help), [&member] { return member ? Values{number_text(*member)} : Values{}; },
      [&member, name](const Values& values) { member = read_number(name, only(name, values)); });
}

void OptionList::foreign(std::string spelling, std::string explanation) {
  foreign_.emplace_back(flat(spelling), std::move(explanation));
}

std::optional<std::string> OptionList::foreign_explanation(std::string_view spelling) const {
  for (const auto& [known, explanation] : foreign_) {
    if (known == flat(spelling)) return explanation;
  }
  return std::nullopt;
}

const Option* OptionList::find(std::string_view name) const {
  const std::string wanted = flat(name);
  for (const Option& option : options_) {
    if (flat(option.name) == wanted) return &option;
    for (const std::string& alias : option.aliases) {
      if (flat(alias) == wanted) return &option;
    }
  }
  return nullptr;
}

std::string OptionList::nearest(std::string_view name) const {
  const std::string wanted = flat(name);
  std::string best;
  std::size_t limit = std::max<std::size_t>(3, wanted.size() / 3 + 1);  // what is further away than that was not meant
  for (const Option& option : options_) {
    const auto consider = [&](const std::string& known) {
      const std::size_t distance = edit_distance(wanted, flat(known));
      if (distance < limit) {
        best = option.name;
        limit = distance;
      }
    };
    consider(option.name);
    for (const std::string& alias : option.aliases) {
      if (alias.size() > 1) consider(alias);
    }
  }
  return best;
}

}  // namespace mynah
