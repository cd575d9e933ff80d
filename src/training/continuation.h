// Going on where training stopped, with the options it was begun with.
#pragma once
#include <filesystem>
#include <optional>

#include "base/json.h"
#include "base/log.h"
#include "training/training_options.h"

namespace mynah::training {

/// The options stored with the checkpoint of a model directory, as JSON; nothing when there is no checkpoint.
std::optional<Json> stored_options(const std::filesystem::path& model);

/// Says which options are other than stored. Throws UsageError naming one that cannot change any more: sizes, data, seed.
void check_changes(const Json& stored, const TrainingOptions& options, const Log& log);

/// Throws Error when the directory holds a model but no checkpoint to go on from: it is not overwritten.
void check_new(const std::filesystem::path& model);

/// All options as JSON, but those that say how train is run this time.
Json effective_options(const TrainingOptions& options);

}  // namespace mynah::training
