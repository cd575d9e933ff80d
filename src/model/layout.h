// Which arrays a network of a given shape is made of: the frozen canonical names, and the shape of each array.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/shape.h"
#include "model/weights.h"

namespace mynah::model {

/// Canonical name → array shape. Linear weights are [out, in].
using Layout = std::map<std::string, std::vector<std::int64_t>>;

/// The arrays of a network: one table `embedding.weight` [vocabulary, d_model] for source, target and output, the output's bias,
/// and what its architecture adds. `shape` has passed check().
Layout layout_of(const Shape& shape);

/// Throws Error naming `where` and the array when one is missing, surplus, wrongly shaped, or does not hold floating-point
/// values.
void check_layout(const Weights& weights, const Layout& layout, const std::string& where);

/// "[8000, 512]", for messages.
std::string shape_text(const std::vector<std::int64_t>& shape);

}  // namespace mynah::model
