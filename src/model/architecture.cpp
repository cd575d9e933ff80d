#include "model/architecture.h"

#include <array>

#include "base/error.h"

namespace mynah::model {
namespace {

constexpr std::array kArchitectures = {&kTransformer, &kRnn, &kCnn, &kUniversal};

}  // namespace

const Architecture& architecture_named(const std::string& type, const std::string& where) {
  for (const Architecture* architecture : kArchitectures) {
    if (architecture->type == type) return *architecture;
  }
  throw Error(concat(where, ": the architecture '", type, "' is not known to this build; known: ", known_architectures()));
}

std::string canonical_type(const std::string& name) {
  for (const Architecture* architecture : kArchitectures) {
    if (!architecture->foreign.empty() && architecture->foreign == name) return std::string(architecture->type);
  }
  return name;
}

std::vector<std::string> known_types() {
  std::vector<std::string> types;
  for (const Architecture* architecture : kArchitectures) {
    types.emplace_back(architecture->type);
    if (!architecture->foreign.empty()) types.emplace_back(architecture->foreign);
  }
  return types;
}

std::string known_architectures(const std::string& prefix) {
  std::string names;
  for (const Architecture* architecture : kArchitectures) {
    names += concat(names.empty() ? "" : ", ", prefix, architecture->type);
  }
  return names;
}

void check_range(const std::string& where, const char* field, int value, int least, int most) {
  if (value < least || value > most) {
    throw Error(concat(where, ": ", field, " must be between ", least, " and ", most, ", not ", value));
  }
}

void check_name(const std::string& where, const char* field, const std::string& value,
                const std::vector<std::string_view>& names) {
  std::string known;
  for (const std::string_view name : names) {
    if (value == name) return;
    known += concat(known.empty() ? "" : name == names.back() ? " or " : ", ", name);
  }
  throw Error(concat(where, ": ", field, " must be ", known, ", not '", value, "'"));
}

}  // namespace mynah::model
