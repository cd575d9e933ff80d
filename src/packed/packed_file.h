// What a model directory keeps for this engine, so that it starts at once: packed.safetensors, the packed weights, mapped as they
// are; and packed.json, which says of which model they are and what was found out about int8.
#pragma once
#include <optional>
#include <string>

#include "model/model.h"
#include "packed/parameters.h"
#include "packed/verdict.h"

namespace mynah::packed {

struct PackedFile {
  std::optional<Verdict> int8;           // none where the model keeps no validation pairs
  std::optional<Parameters> parameters;  // none where packed.safetensors was left out, as in a model that is to stay small
};

/// The precision that fits: int8 where the verdict allows it, else float32.
Precision fitting_precision(const PackedFile& file);

/// What was found out about int8, and what follows, for people.
std::string described(const PackedFile& file);

/// Packs the model's weights, in the precision that fits unless one is given, and compares int8 with float32 on the validation
/// pairs of its folder. Throws Error where the engine does not know the architecture.
PackedFile make_packed_file(const model::Model& model, std::optional<Precision> precision = {});

/// Writes what stands in `file`, the record last.
void save_packed_file(const PackedFile& file, const model::Model& model);

/// What the model's folder keeps; empty where it keeps nothing. Throws Error saying what is wrong where that is of another model,
/// of another version, truncated or altered.
PackedFile open_packed_file(const model::Model& model);

}  // namespace mynah::packed
