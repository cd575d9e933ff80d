#include "model/shape.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/error.h"
#include "model/architecture.h"

namespace mynah::model {
namespace {

constexpr int kMostLayers = 1000;

}  // namespace

void check(const Shape& shape, const std::string& where) {
  const Architecture& architecture = architecture_named(shape.type, where);
  check_range(where, "vocabulary", shape.vocabulary, 3);  // </s>, <unk>, <pad>
  check_range(where, "d_model", shape.d_model, 2);
  check_range(where, "encoder_layers", shape.encoder_layers, 1, kMostLayers);
  check_range(where, "decoder_layers", shape.decoder_layers, 1, kMostLayers);
  check_range(where, "max_positions", shape.max_positions, 1);
  architecture.check(shape, where);
}

Shape shape_of_size(const std::string& name, const std::string& given_type) {
  const std::string type = canonical_type(given_type);
  constexpr std::array<std::string_view, 4> kNames = {"tiny", "small", "base", "big"};
  const Architecture& architecture = architecture_named(type, "the network");
  std::string_view wanted = name;
  if (const std::string prefix = type + "-"; wanted.starts_with(prefix)) wanted.remove_prefix(prefix.size());
  const auto* found = std::ranges::find(kNames, wanted);
  if (found == kNames.end()) {
    throw UsageError(
        concat("unknown model size '", name, "': known are tiny, small, base and big (", type, "-base and the like too)"));
  }
  Shape shape;
  shape.type = type;
  architecture.set_size(shape, static_cast<Size>(found - kNames.begin()));
  return shape;
}

}  // namespace mynah::model
