#include "training/model_writer.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "training/continuation.h"

namespace mynah::training {

ModelWriter::ModelWriter(const TrainingOptions& options, const model::Shape& shape, const Material& material)
    : stored_(options.stored_precision == "float16"    ? model::DataType::float16
              : options.stored_precision == "bfloat16" ? model::DataType::bfloat16
                                                       : model::DataType::float32) {
  model_.shape = shape;
  model_.tokenizers = material.tokenizers;
  model_.languages = material.languages;
  about_ = std::make_shared<const Json>(
      Json{{"program", "train " MYNAH_VERSION},
           {"languages", {{"source", material.languages.source}, {"target", material.languages.target}}},
           {"data", account_to_json(material.cache->account())},
           {"options", effective_options(options)}});
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
