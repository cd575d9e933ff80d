#include "training/model_writer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "training/continuation.h"

namespace mynah::training {

namespace {

/// The effective options, files without their folders: a model may be given away, and where its text lay is nobody's business.
Json options_to_publish(TrainingOptions options) {
  const auto strip = [](std::string& path) { path = std::filesystem::path(path).filename().string(); };
  for (auto* paths : {&options.train_sets, &options.valid_sets, &options.vocabs}) {
    std::for_each(paths->begin(), paths->end(), strip);
  }
  strip(options.from);
  return effective_options(options);
}

/// Spread evenly over the validation text; those that are no pairs for the network are left out.
std::vector<model::ValidationPair> pairs_to_keep(const TrainingOptions& options, const Material& material) {
  const auto ids = [](const Tokenizer& tokenizer, const std::string& text) {
    std::vector<TokenId> encoded = tokenizer.encode(text);
    encoded.push_back(tokenizer.vocabulary().end());
    return encoded;
  };
  const std::size_t there = material.validation.size(), wanted = std::min(there, model::kValidationPairs);
  std::vector<model::ValidationPair> pairs;
  for (std::size_t i = 0; i < wanted; ++i) {
    const corpus::TextPair& text = material.validation[i * there / wanted];
    model::ValidationPair pair{ids(*material.tokenizers.source, text.source), ids(*material.tokenizers.target, text.target)};
    const auto fits = [&](const std::vector<TokenId>& side) {
      return side.size() > 1 && side.size() <= static_cast<std::size_t>(options.max_length);
    };
    if (fits(pair.source) && fits(pair.target)) pairs.push_back(std::move(pair));
  }
  return pairs;
}

}  // namespace

ModelWriter::ModelWriter(const TrainingOptions& options, const model::Shape& shape, const Material& material)
    : stored_(options.stored_precision == "float16"    ? model::DataType::float16
              : options.stored_precision == "bfloat16" ? model::DataType::bfloat16
                                                       : model::DataType::float32) {
  pairs_ = pairs_to_keep(options, material);
  model_.shape = shape;
  model_.generation.max_length = std::min(model_.generation.max_length, shape.max_positions);
  model_.tokenizers = material.tokenizers;
  model_.languages = material.languages;
  model_.styles = styles_of(options);
  about_ = std::make_shared<const Json>(
      Json{{"program", "train " MYNAH_VERSION},
           {"languages", {{"source", material.languages.source}, {"target", material.languages.target}}},
           {"data", account_to_json(material.cache->account())},
           {"options", options_to_publish(options)}});
}

void ModelWriter::write(const std::filesystem::path& folder, const nn::SequenceModel& network, const Standing& standing,
                        const Scores& scores) const {
  Json about = *about_;
  about["trained"] = to_json(standing);
  about["scores"] = Json::object();
  for (const auto& [metric, score] : scores) about["scores"][metric] = score;
  model::Model model = model_;
  model.weights = nn::weights_of(network);
  model.training = std::make_shared<const Json>(about);
  model::save_model(folder, model, stored_);
  model::write_validation_pairs(folder, pairs_);
}

}  // namespace mynah::training
