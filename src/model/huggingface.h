// How a model is written so that Hugging Face transformers opens it: config.json, and the one table between our names of arrays
// and theirs, each in both directions.
#pragma once
#include <string>

#include "base/json.h"
#include "model/layout.h"
#include "model/shape.h"
#include "model/weights.h"
#include "text/vocabulary.h"

namespace mynah::model {

/// The forms a model directory takes, by config.json's `model_type`.
enum class Form {
  marian,   // post-norm with ReLU, GELU or SiLU
  pegasus,  // the same, pre-norm
  own       // what Hugging Face cannot express ("mynah-transformer", "mynah-rnn"): fields of their own, canonical names
};
Form form_of(const Shape& shape);

/// config.json; `stored` is the type of the arrays on disk.
Json config_of(const Shape& shape, const Vocabulary& vocabulary, DataType stored);

/// The shape a config.json describes. Throws Error naming `where` and the field: unknown `model_type`, parts that are not tied
/// or not alike, values out of range.
Shape shape_of(const Json& config, const std::string& where);

/// Throws Error naming `where` when the special ids or the size in config.json are not the vocabulary's.
void check_ids(const Json& config, const Vocabulary& vocabulary, const std::string& where);

/// Hugging Face's name of one of our arrays: encoder.layers.0.self_attention.query.weight is
/// model.encoder.layers.0.self_attn.q_proj.weight.
std::string huggingface_name(const std::string& canonical);

/// Canonical arrays as a file of the shape's form holds them: the pad row of the embedding zero, the output bias −10000 at pad
/// (both Hugging Face forms), position tables where that form wants them.
Weights to_file(const Weights& weights, const Shape& shape, TokenId pad, DataType stored);

/// The reverse. Copies of tied tables must equal the table; position tables are dropped. Throws Error naming `where` and the
/// array when arrays are missing, surplus or do not fit the shape.
Weights from_file(Weights arrays, const Shape& shape, TokenId pad, const std::string& where);

}  // namespace mynah::model
