#include "cli/arguments.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/error.h"

namespace mynah::cli {

namespace {

bool is_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error != std::errc::invalid_argument && end == text.data() + text.size();
}

/// "-" means standard input, "-0.5" is a number; "--" ends the options.
bool looks_like_option(std::string_view text) { return text.size() > 1 && text.starts_with('-') && !is_number(text); }

bool takes_many(const Option& option) { return option.kind == OptionKind::list || option.kind == OptionKind::numbers; }

/// Walks over the words, once.
class Reader {
 public:
  Reader(const OptionList& list, std::span<const std::string> arguments) : list_(list), rest_(arguments) {}

  Arguments read() {
    while (!rest_.empty()) {
      const std::string word = take();
      if (word == "--") {
        while (!rest_.empty()) result_.words.push_back(take());
      } else if (word.starts_with("--")) {
        read_long(word);
      } else if (looks_like_option(word)) {
        read_short(word);
      } else {
        result_.words.push_back(word);
      }
    }
    return std::move(result_);
  }

 private:
  std::string take() {
    const std::string& word = rest_.front();
    rest_ = rest_.subspan(1);
    return word;
  }

  /// --name, --name=value, --no-name.
  void read_long(const std::string& word) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    std::optional<std::string> value;
    if (equals != std::string::npos) value = word.substr(equals + 1);
    if (const Option* option = list_.find(name); option != nullptr && !name.empty()) {
      give(*option, value);
    } else if (const Option* flag = negated(name); flag != nullptr && !value) {
      add(*flag, {"false"});
    } else {
      refuse("--" + name, name);
    }
  }

  /// -n value, -nvalue, -n=value; flags may stand together: -qv.
  void read_short(const std::string& word) {
    for (std::size_t i = 1; i < word.size(); ++i) {
      const std::string letter = word.substr(i, 1);
      const Option* option = list_.find(letter);
      if (option == nullptr) refuse("-" + letter, letter);
      std::string behind = word.substr(i + 1);
      if (behind.empty() || (option->kind == OptionKind::flag && behind[0] != '=')) {
        give(*option, std::nullopt);
      } else {
        give(*option, behind[0] == '=' ? behind.substr(1) : behind);
        break;
      }
    }
  }

  /// The flag that --no-flag turns off; null when there is none.
  const Option* negated(const std::string& name) const {
    const Option* option = name.starts_with("no-") || name.starts_with("no_") ? list_.find(name.substr(3)) : nullptr;
    return option != nullptr && option->kind == OptionKind::flag ? option : nullptr;
  }

  void give(const Option& option, const std::optional<std::string>& attached) {
    std::vector<std::string> values;
    if (attached) {
      if (!takes_many(option) || !attached->empty()) values.push_back(*attached);  // --list= empties a list
    } else if (option.kind != OptionKind::flag) {
      while (!rest_.empty() && !looks_like_option(rest_.front()) && (values.empty() || takes_many(option))) {
        values.push_back(take());
      }
      if (values.empty()) throw UsageError(concat("--", option.name, ": a value is expected behind it", next_word()));
    }
    add(option, std::move(values));
  }

  std::string next_word() const { return rest_.empty() ? "" : concat(", found the option ", rest_.front()); }

  void add(const Option& option, std::vector<std::string> values) {
    const auto same = [&option](const GivenOption& given) { return given.option == &option; };
    const auto earlier = std::find_if(result_.options.begin(), result_.options.end(), same);
    if (earlier == result_.options.end()) {
      result_.options.push_back({&option, std::move(values)});
    } else if (takes_many(option)) {
      earlier->values.insert(earlier->values.end(), values.begin(), values.end());
    } else {
      earlier->values = std::move(values);
    }
  }

  [[noreturn]] void refuse(const std::string& spelled, const std::string& name) const {
    const std::optional<std::string> explanation = list_.foreign_explanation(name);
    if (explanation) throw UsageError(concat("unknown option ", spelled, ": ", *explanation));
    throw UsageError(concat("unknown option ", spelled, ": the nearest known one is --", list_.nearest(name)));
  }

  const OptionList& list_;
  std::span<const std::string> rest_;
  Arguments result_;
};

}  // namespace

Arguments read_arguments(const OptionList& list, std::span<const std::string> arguments) {
  return Reader(list, arguments).read();
}

}  // namespace mynah::cli
