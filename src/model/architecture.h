// What files need to know of each architecture: one file and one row in architecture.cpp each.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "model/json_fields.h"
#include "model/layout.h"
#include "model/shape.h"

namespace mynah::model {

/// The functions take what is the architecture's own; what all have (vocabulary, d_model, layers, positions) is seen to
/// elsewhere.
struct Architecture {
  std::string_view type;     // as Shape::type and, behind "mynah-", config.json's model_type say it
  std::string_view foreign;  // Marian's spelling where it differs
  void (*set_size)(Shape& shape, Size size);
  void (*check)(const Shape& shape, const std::string& where);  // throws Error naming `where` and the field
  Layout (*layout)(const Shape& shape);
  void (*write)(const Shape& shape, Json& config);
  void (*read)(const JsonFields& config, Shape& shape);  // throws Error naming the field
};

extern const Architecture kTransformer, kRnn, kCnn, kUniversal;

/// By Shape::type. Throws Error naming `where` and the known ones.
const Architecture& architecture_named(const std::string& type, const std::string& where);

/// "transformer and rnn", each name behind `prefix`.
std::string known_architectures(const std::string& prefix = "");

/// Throws Error unless least ≤ value ≤ most.
void check_range(const std::string& where, const char* field, int value, int least, int most = 1 << 24);

/// Throws Error listing the names when `value` is none of them.
void check_name(const std::string& where, const char* field, const std::string& value,
                const std::vector<std::string_view>& names);

}  // namespace mynah::model
