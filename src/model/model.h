// A trained model: what a model directory holds.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/shape.h"
#include "model/weights.h"
#include "text/tokenizer.h"

namespace mynah::model {

/// How a model likes to be decoded, from generation_config.json.
struct Generation {
  int beam = 4;
  double length_penalty = 1;
  int max_length = 512;  // target ids, `</s>` counted (Hugging Face's max_length counts the start token too)
};

/// What a generation_config.json says. Throws Error naming `where` and the field.
Generation generation_of(const Json& config, const std::string& where);

struct Languages {
  std::string source, target;  // BCP-47: "en", "de"; empty when unknown
};

struct Model {
  Shape shape;
  Weights weights;  // canonical names
  TokenizerPair tokenizers;
  Generation generation;
  Languages languages;
  std::vector<std::string> styles;  // of summaries, as ">>headline<<" at the beginning of a source asks for; none: translates
  std::filesystem::path folder;     // it was opened from; empty for one that was made
  std::shared_ptr<const Json> training;  // training.json: effective options, data, scores, version; null when absent
};

/// Opens a model directory (config.json, generation_config.json, model.safetensors, source.spm, target.spm, vocab.json,
/// tokenizer_config.json, training.json). Throws Error naming what is missing, damaged, of an unknown `model_type` or version,
/// or does not fit together (tokenizer against weights).
Model open_model(const std::filesystem::path& folder);

/// Writes the same files, each whole or not at all, model.safetensors last; `stored` is the type of the arrays on disk.
void save_model(const std::filesystem::path& folder, const Model& model, DataType stored = DataType::float32);

/// The languages and size of a model without opening its weights; for lists of models. Throws Error like open_model.
Languages languages_of(const std::filesystem::path& folder);

/// The styles of summaries that a model writes, in the same way; none where it translates.
std::vector<std::string> styles_of(const std::filesystem::path& folder);

/// Whether the folder looks like a model directory (has config.json).
bool is_model(const std::filesystem::path& folder);

}  // namespace mynah::model
