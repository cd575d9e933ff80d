#include "model/layout.h"

#include "base/error.h"
#include "model/architecture.h"

namespace mynah::model {
Layout layout_of(const Shape& shape) { return architecture_named(shape.type, "the network's arrays").layout(shape); }

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (const std::int64_t length : shape) text += concat(text.size() > 1 ? ", " : "", length);
  return text + "]";
}

void check_layout(const Weights& weights, const Layout& layout, const std::string& where) {
  for (const auto& [name, shape] : layout) {
    const auto found = weights.find(name);
    if (found == weights.end()) throw Error(concat(where, ": the array '", name, "' is missing"));
    if (found->second.shape != shape) {
      throw Error(concat(where, ": the array '", name, "' should have the shape ", shape_text(shape), " by config.json, but has ",
                         shape_text(found->second.shape)));
    }
    if (!holds_floats(found->second.type)) {
      throw Error(concat(where, ": the array '", name, "' should be F32, F16 or BF16, but is ", name_of(found->second.type)));
    }
  }
  for (const auto& [name, array] : weights) {
    if (!layout.contains(name)) {
      throw Error(concat(where, ": the array '", name, "' is not part of the network that config.json describes"));
    }
  }
}

}  // namespace mynah::model
