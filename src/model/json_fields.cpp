#include "model/json_fields.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace mynah::model {

JsonFields::JsonFields(const Json& value, std::string where) : object_(value), where_(std::move(where)) {
  if (!object_.is_object()) throw Error(concat(where_, ": a JSON object is expected"));
}

int JsonFields::integer(const char* key, std::optional<int> fallback) const {
  const Json* value = find(key);
  if (!value && fallback) return *fallback;
  if (!value || !value->is_number_integer()) fail(key, "a whole number");
  const auto number = value->get<double>();  // as Json, numbers beyond 2^63 would compare as negative ones
  if (number < std::numeric_limits<int>::min() || number > std::numeric_limits<int>::max())
    fail(key, "a whole number of 32 bits");
  return value->get<int>();
}

double JsonFields::number(const char* key, std::optional<double> fallback) const {
  const Json* value = find(key);
  if (!value && fallback) return *fallback;
  if (!value || !value->is_number()) fail(key, "a number");
  return value->get<double>();
}

bool JsonFields::flag(const char* key, std::optional<bool> fallback) const {
  const Json* value = find(key);
  if (!value && fallback) return *fallback;
  if (!value || !value->is_boolean()) fail(key, "true or false");
  return value->get<bool>();
}

std::string JsonFields::text(const char* key, std::optional<std::string> fallback) const {
  const Json* value = find(key);
  if (!value && fallback) return *fallback;
  if (!value || !value->is_string()) fail(key, "a text");
  return value->get<std::string>();
}

void JsonFields::expect(const char* key, bool expected, bool when_absent) const {
  if (flag(key, when_absent) == expected) return;
  throw Error(
      concat(where_, ": '", key, "' must be ", expected ? "true" : "false", "; networks of another kind are not known here"));
}

const Json* JsonFields::find(const char* key) const {
  const auto found = object_.find(key);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

void JsonFields::fail(const char* key, const char* kind) const {
  const Json* value = find(key);
  throw Error(concat(where_, ": '", key, "' should be ", kind, ", but is ", value ? value->dump() : "missing"));
}

}  // namespace mynah::model
