// Every option is written once, beside its owner, as a row of an OptionList; flags, the JSON config file, help, man page,
// completion and unknown-key errors are derived from that list.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace mynah {

enum class OptionKind { flag, integer, number, text, list, numbers };

/// One option: a name, help, and how to read and write the member it stands for. Values travel as text.
struct Option {
  std::string name;   // long flag without dashes: "beam-size"
  std::string group;  // heading in help and man page
  std::string help;   // one sentence; the unit and the default's meaning where the value alone does not say it
  OptionKind kind = OptionKind::text;
  std::vector<std::string> aliases;  // other accepted spellings: "b" is -b, "max-tokens" is --max-tokens
  std::vector<std::string> choices;  // when not empty, the only values accepted
  std::string value_name;            // how help names the value: "DIR", "N"; by kind when empty
  std::string default_text;          // the value when the list was made
  std::function<std::vector<std::string>()> get;
  std::function<void(const std::vector<std::string>&)> set;  // throws UsageError naming the option

  Option& alias(std::string spelling) {
    aliases.push_back(std::move(spelling));
    return *this;
  }
  /// Makes set() refuse other values (the default always stays acceptable).
  Option& one_of(std::vector<std::string> values);
  Option& value(std::string shown) {
    value_name = std::move(shown);
    return *this;
  }
};

/// The options of one program or component, in the order help shows them.
class OptionList {
 public:
  /// Options added from here on stand under this heading.
  void group(std::string heading);

  Option& add(std::string name, bool& member, std::string help);
  Option& add(std::string name, int& member, std::string help);
  Option& add(std::string name, std::int64_t& member, std::string help);
  Option& add(std::string name, double& member, std::string help);
  Option& add(std::string name, std::string& member, std::string help);
  Option& add(std::string name, std::vector<std::string>& member, std::string help);
  Option& add(std::string name, std::vector<double>& member, std::string help);
  Option& add(std::string name, std::optional<int>& member, std::string help);
  Option& add(std::string name, std::optional<double>& member, std::string help);

  /// Another toolkit's spelling that has no equal here: giving it is a usage error that prints `explanation`.
  void foreign(std::string spelling, std::string explanation);

  const std::vector<Option>& options() const { return options_; }
  std::optional<std::string> foreign_explanation(std::string_view spelling) const;
  /// By name or alias, dashes and underscores alike; null when unknown.
  const Option* find(std::string_view name) const;
  /// The option whose name or alias is nearest in edit distance; empty when none is near.
  std::string nearest(std::string_view name) const;

 private:
  using Getter = std::function<std::vector<std::string>()>;
  using Setter = std::function<void(const std::vector<std::string>&)>;
  Option& add(std::string name, OptionKind kind, std::string help, Getter get, Setter set);
  std::vector<Option> options_;
  std::vector<std::pair<std::string, std::string>> foreign_;
  std::string group_;
};

/// Sets members from a JSON object whose keys are option names with underscores. Throws UsageError naming `where` and the key
/// when a key is unknown (with the nearest known name) or a value has the wrong type.
void options_from_json(const OptionList& list, const Json& object, const std::string& where);

/// All values as a JSON object, keys with underscores; optional members without a value are left out.
Json options_to_json(const OptionList& list);

}  // namespace mynah
