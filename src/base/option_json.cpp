#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/option_list.h"

namespace mynah {

namespace {

std::string as_key(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::string expected(OptionKind kind) {
  switch (kind) {
    case OptionKind::flag:
      return "true or false";
    case OptionKind::integer:
      return "a whole number";
    case OptionKind::number:
      return "a number";
    case OptionKind::text:
      return "text in quotes";
    case OptionKind::list:
      return "a list of texts";
    case OptionKind::numbers:
      return "a list of numbers";
  }
  return {};
}

bool fits(OptionKind kind, const Json& value) {
  const auto all = [&value](bool (*holds)(const Json&)) {
    return value.is_array() && std::all_of(value.begin(), value.end(), holds);
  };
  switch (kind) {
    case OptionKind::flag:
      return value.is_boolean();
    case OptionKind::integer:
      return value.is_number_integer();
    case OptionKind::number:
      return value.is_number();
    case OptionKind::text:
      return value.is_string();
    case OptionKind::list:
      return all([](const Json& item) { return item.is_string(); });
    case OptionKind::numbers:
      return all([](const Json& item) { return item.is_number(); });
  }
  return false;
}

std::string as_text(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

Json from_text(OptionKind kind, const std::string& text) {
  switch (kind) {
    case OptionKind::flag:
      return text == "true";
    case OptionKind::integer:
    case OptionKind::number:
    case OptionKind::numbers:
      return Json::parse(text);
    case OptionKind::text:
    case OptionKind::list:
      break;
  }
  return text;
}

void set_from_json(const Option& option, const std::string& key, const Json& value, const std::string& where) {
  if (!fits(option.kind, value)) {
    throw UsageError(concat(where, ": '", key, "': expected ", expected(option.kind), ", found ", value.dump()));
  }
  std::vector<std::string> texts;
  for (const Json& item : value.is_array() ? value : Json::array({value})) texts.push_back(as_text(item));
  try {
    option.set(texts);
  } catch (const UsageError& error) {
    throw UsageError(concat(where, ": ", error.what()));
  }
}

}  // namespace

void options_from_json(const OptionList& list, const Json& object, const std::string& where) {
  if (!object.is_object()) throw UsageError(concat(where, ": expected an object of options, found ", object.type_name()));
  for (const auto& [key, value] : object.items()) {
    const Option* option = list.find(key);
    if (option == nullptr) {
      const std::optional<std::string> explanation = list.foreign_explanation(key);
      const std::string nearest = as_key(list.nearest(key));
      const std::string hint =
          nearest.empty() ? "--dump-config shows those there are" : concat("the nearest known one is '", nearest, "'");
      throw UsageError(concat(where, ": unknown option '", key, "': ", explanation.value_or(hint)));
    }
    set_from_json(*option, key, value, where);
  }
}

Json options_to_json(const OptionList& list) {
  Json object = Json::object();
  for (const Option& option : list.options()) {
    const bool many = option.kind == OptionKind::list || option.kind == OptionKind::numbers;
    Json values = Json::array();
    for (const std::string& text : option.get()) values.push_back(from_text(option.kind, text));
    if (many) {
      object[as_key(option.name)] = std::move(values);
    } else if (!values.empty()) {
      object[as_key(option.name)] = std::move(values.front());
    }
  }
  return object;
}

}  // namespace mynah
