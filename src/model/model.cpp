#include "model/model.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "model/huggingface.h"
#include "model/json_fields.h"
#include "model/safetensors.h"

namespace mynah::model {
namespace {

namespace fs = std::filesystem;

constexpr int kVersion = 1;  // of the directory's content, in training.json; grows when older programs would misread it
constexpr const char* kConfig = "config.json";
constexpr const char* kGeneration = "generation_config.json";
constexpr const char* kTokenizer = "tokenizer_config.json";
constexpr const char* kTraining = "training.json";
constexpr const char* kWeights = "model.safetensors";

void expect_model(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw Error(concat("model ", folder.string(), ": there is no such folder"));
  if (!is_model(folder)) throw Error(concat("model ", folder.string(), ": the folder has no ", kConfig, ", so it is no model"));
}

/// Files that models of other toolkits may lack; null when absent.
std::shared_ptr<const Json> read_optional(const fs::path& path) {
  return fs::exists(path) ? std::make_shared<const Json>(read_json(path)) : nullptr;
}

std::shared_ptr<const Json> read_training(const fs::path& folder) {
  auto training = read_optional(folder / kTraining);
  if (!training) return training;
  const JsonFields fields(*training, (folder / kTraining).string());
  if (const int version = fields.integer("version"); version != kVersion) {
    throw Error(concat(fields.where(), ": the model is of version ", version, ", but this build reads version ", kVersion,
                       version > kVersion ? "; a newer program wrote it" : ""));
  }
  return training;
}

Generation read_generation(const fs::path& folder) {
  const auto file = read_optional(folder / kGeneration);
  return file ? generation_of(*file, (folder / kGeneration).string()) : Generation();
}

Json generation_config(const Generation& generation, const Vocabulary& vocabulary) {
  return {{"num_beams", generation.beam},
          {"length_penalty", generation.length_penalty},
          {"early_stopping", true},
          {"max_length", generation.max_length + 1},
          {"bad_words_ids", Json::array({Json::array({vocabulary.pad()})})},
          {"pad_token_id", vocabulary.pad()},
          {"eos_token_id", vocabulary.end()},
          {"forced_eos_token_id", vocabulary.end()},
          {"decoder_start_token_id", vocabulary.pad()}};
}

Json tokenizer_config(const Model& model) {
  Json json = {{"tokenizer_class", "MarianTokenizer"},
               {"source_lang", model.languages.source},
               {"target_lang", model.languages.target},
               {"model_max_length", model.shape.max_positions},
               {"clean_up_tokenization_spaces", false},
               {"eos_token", "</s>"},
               {"unk_token", "<unk>"},
               {"pad_token", "<pad>"},
               {"separate_vocabs", false}};
  if (!model.styles.empty()) json["styles"] = model.styles;
  return json;
}

Json training_of(const Model& model) {
  Json training = model.training ? *model.training : Json::object();
  training["version"] = kVersion;
  training["languages"] = {{"source", model.languages.source}, {"target", model.languages.target}};
  return training;
}

}  // namespace

Generation generation_of(const Json& config, const std::string& where) {
  const JsonFields fields(config, where);
  Generation generation;
  generation.beam = fields.integer("num_beams", generation.beam);
  generation.length_penalty = fields.number("length_penalty", generation.length_penalty);
  const int max_length = fields.integer("max_length", generation.max_length + 1);
  if (generation.beam < 1) throw Error(concat(where, ": 'num_beams' must be 1 or more, not ", generation.beam));
  if (max_length < 2) throw Error(concat(where, ": 'max_length' must be 2 or more, not ", max_length));
  generation.max_length = max_length - 1;
  return generation;
}

bool is_model(const fs::path& folder) { return fs::is_regular_file(folder / kConfig); }

Languages languages_of(const fs::path& folder) {
  expect_model(folder);
  if (const auto tokenizer = read_optional(folder / kTokenizer)) {
    const JsonFields fields(*tokenizer, (folder / kTokenizer).string());
    return {fields.text("source_lang", ""), fields.text("target_lang", "")};
  }
  return {};
}

std::vector<std::string> styles_of(const fs::path& folder) {
  expect_model(folder);
  const auto tokenizer = read_optional(folder / kTokenizer);
  if (!tokenizer || !tokenizer->contains("styles")) return {};
  std::vector<std::string> styles;
  const Json& found = tokenizer->at("styles");
  for (const Json& style : found.is_array() ? found : Json::array({nullptr})) {
    if (!style.is_string()) {
      throw Error(concat((folder / kTokenizer).string(), ": 'styles' must be a list of words, not ", found.dump()));
    }
    styles.push_back(style);
  }
  return styles;
}

Model open_model(const fs::path& folder) {
  expect_model(folder);
  const std::string config_path = (folder / kConfig).string();
  const Json config = read_json(config_path);
  Model model;
  model.folder = folder;
  model.shape = shape_of(config, config_path);
  model.training = read_training(folder);
  model.tokenizers = open_tokenizers(folder);
  check_ids(config, *model.tokenizers.vocabulary, config_path);
  const fs::path weights_path = folder / kWeights;
  model.weights =
      from_file(read_safetensors(weights_path), model.shape, model.tokenizers.vocabulary->pad(), weights_path.string());
  model.generation = read_generation(folder);
  model.languages = languages_of(folder);
  model.styles = styles_of(folder);
  for (const std::string& style : model.styles) {
    if (model.tokenizers.vocabulary->id(concat(">>", style, "<<"))) continue;
    throw Error(concat((folder / kTokenizer).string(), ": the vocabulary has no piece >>", style, "<< for the style"));
  }
  return model;
}

void save_model(const fs::path& folder, const Model& model, DataType stored) {
  const Vocabulary& vocabulary = *model.tokenizers.vocabulary;
  const std::string where = concat("model to be saved in ", folder.string());
  check(model.shape, where);
  check_layout(model.weights, layout_of(model.shape), where);
  ensure(vocabulary.size() == model.shape.vocabulary, "a model's shape counts the ids of its vocabulary");
  make_folder(folder);
  write_json(folder / kConfig, config_of(model.shape, vocabulary, stored));
  write_json(folder / kGeneration, generation_config(model.generation, vocabulary));
  write_json(folder / kTokenizer, tokenizer_config(model));
  save_tokenizers(model.tokenizers, folder);
  write_json(folder / kTraining, training_of(model));
  write_safetensors(folder / kWeights, to_file(model.weights, model.shape, vocabulary.pad(), stored));
}

}  // namespace mynah::model
