// A short stretch of the user's own training in a folder of its own.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"
#include "training/training_options.h"

namespace mynah::training {

/// A folder beside the model (without --model: among the system's temporary ones), removed with all it holds in the end.
class ScratchFolder {
 public:
  /// `purpose` is part of its name. Throws Error naming the place when it cannot be made there.
  explicit ScratchFolder(const std::filesystem::path& model, const std::string& purpose = "verify-resume");
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The options of a trial: the user's, on the first pairs of each corpus and a few of the validation text, which it copies into
/// `folder`, with a checkpoint, a validation and a line of the log now and then. A model that is there already lends its
/// tokenizers. Throws what reading corpora throws.
TrainingOptions trial_options(const TrainingOptions& options, const std::filesystem::path& folder);

/// The tokenizers of a model directory, as --vocabs takes them.
std::vector<std::string> tokenizers_in(const std::filesystem::path& model);

/// The same over so many updates, as a configuration file for train.
Json trial_configuration(TrainingOptions options, std::int64_t updates);

}  // namespace mynah::training
