// Weights as products read them: made once from a model's arrays, kept in memory or in a file, read by parameters.h.
#pragma once
#include <string>
#include <vector>

#include "model/shape.h"
#include "model/weights.h"
#include "packed/kernels.h"

namespace mynah::packed {

/// Whether this engine knows the architecture.
bool can_pack(const model::Shape& shape);

/// Features of a head once padded to kHeadUnit.
std::ptrdiff_t padded_head(const model::Shape& shape);

/// The packed arrays of a network. Matrix X becomes X.panels, X.bias and, in int8, X.scales and X.start, columns rounded up to
/// kPanelColumns; queries, keys and values are one matrix, X.projections, cross-attention's keys and values another, X.memory.
/// Norms stay as they are. Queries come out divided by √d_head. Throws Error naming what `weights` lack.
model::Weights pack(const model::Shape& shape, const model::Weights& weights, Precision precision);

/// One matrix, [columns, depth] as models store them, as `name`'s arrays; columns behind the last have the bias `beyond`.
struct Dense {
  std::ptrdiff_t columns = 0, depth = 0;
  std::vector<float> values, bias;
};
void pack_matrix(const Dense& matrix, Precision precision, const std::string& name, model::Weights& packed, float beyond = 0);

/// The view of what pack_matrix() wrote.
Matrix matrix_named(const model::Weights& packed, const std::string& name);

/// The same where arrays come from a file. Throws Error naming the array that is not what pack_matrix() makes of [columns,
/// depth].
Matrix checked_matrix(const model::Weights& packed, const std::string& name, Precision precision, std::ptrdiff_t columns,
                      std::ptrdiff_t depth);

/// A vector of float32 or int32 among packed arrays. Throws Error naming it when it is missing or not of this type and length.
const model::Array& checked_vector(const model::Weights& packed, const std::string& name, model::DataType type,
                                   std::ptrdiff_t length);

}  // namespace mynah::packed
