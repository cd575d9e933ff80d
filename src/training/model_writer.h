// Turns a network under training into model directories that `translate` and others open.
#pragma once
#include <filesystem>
#include <memory>
#include <vector>

#include "model/model.h"
#include "model/validation_pairs.h"
#include "nn/sequence_model.h"
#include "training/material.h"
#include "training/score_board.h"
#include "training/span.h"
#include "training/training_options.h"

namespace mynah::training {

class ModelWriter {
 public:
  ModelWriter(const TrainingOptions& options, const model::Shape& shape, const Material& material);

  /// Writes the network as its weights are now, with training.json: effective options, data, scores, languages, version; and with
  /// some pairs of the validation text.
  void write(const std::filesystem::path& folder, const nn::SequenceModel& network, const Standing& standing,
             const Scores& scores) const;

 private:
  model::Model model_;                 // all but the weights
  std::shared_ptr<const Json> about_;  // of training.json, all but standing and scores
  std::vector<model::ValidationPair> pairs_;
  model::DataType stored_;
};

}  // namespace mynah::training
