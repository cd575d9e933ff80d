// The training loop: the only one.
#pragma once
#include <filesystem>
#include <memory>

#include "base/log.h"
#include "base/progress.h"
#include "training/training_options.h"

namespace mynah::training {

enum class Outcome { finished, stopped_early, interrupted };

/// Trains the model that options.model names, from the start or from its checkpoint.
class Trainer {
 public:
  Trainer(const TrainingOptions& options, Log log, Progress* progress);
  ~Trainer();
  Outcome run();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace mynah::training
