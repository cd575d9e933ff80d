// The networks that training begins with.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "model/model.h"
#include "nn/sequence_model.h"
#include "training/training_options.h"

namespace mynah::training {

/// Sizes as the options say, or those of the model to fine-tune, which the options must not contradict; the options afterwards
/// name every size. Throws UsageError naming the option.
model::Shape shape_for(TrainingOptions& options, const std::optional<model::Model>& base, int vocabulary);

/// As many networks as options.threads, on the device; the first one with the weights of `base`, if there is one.
std::vector<std::shared_ptr<nn::SequenceModel>> build_networks(const TrainingOptions& options, const model::Shape& shape,
                                                               const std::optional<model::Model>& base);

}  // namespace mynah::training
