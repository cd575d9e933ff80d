// Weights of a shape with seeded values, for tests of files.
#pragma once
#include "base/random.h"
#include "model/layout.h"

namespace mynah::model {

/// Uniform in [-scale, scale].
inline Weights random_weights(const Shape& shape, std::uint64_t seed, double scale = 1) {
  Random random(seed);
  Weights weights;
  for (const auto& [name, array_shape] : layout_of(shape)) {
    std::size_t elements = 1;
    for (const auto length : array_shape) elements *= static_cast<std::size_t>(length);
    std::vector<float> values(elements);
    for (float& value : values) value = static_cast<float>((2 * random.uniform() - 1) * scale);
    weights[name] = make_array(values, array_shape);
  }
  return weights;
}

}  // namespace mynah::model
