// Fields of a JSON object with the words to say when one is missing or of the wrong kind.
#pragma once
#include <optional>
#include <string>

#include "base/json.h"

namespace mynah::model {

/// A JSON object and the file it came from. A field that is absent or null gives the fallback; without one, and for a value of
/// the wrong kind, Error naming file and field.
class JsonFields {
 public:
  /// Throws Error when `value` is no object. Keeps a reference to it.
  JsonFields(const Json& value, std::string where);

  int integer(const char* key, std::optional<int> fallback = {}) const;
  double number(const char* key, std::optional<double> fallback = {}) const;
  bool flag(const char* key, std::optional<bool> fallback = {}) const;
  std::string text(const char* key, std::optional<std::string> fallback = {}) const;
  /// Throws Error when a flag is not as every network here has it.
  void expect(const char* key, bool expected, bool when_absent) const;
  const std::string& where() const { return where_; }

 private:
  const Json* find(const char* key) const;
  [[noreturn]] void fail(const char* key, const char* kind) const;

  const Json& object_;
  std::string where_;
};

}  // namespace mynah::model
