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

}  // namespace

ModelWriter::ModelWriter(const TrainingOptions& options, const model::Shape& shape, const Material& material)
    : stored_(options.stored_precision == "float16"    ? model::DataType::float16
              : options.stored_precision == "bfloat16" ? model::DataType::bfloat16
                                                       : model::DataType::float32) {
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
}

}  // namespace mynah::training
