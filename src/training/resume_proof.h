// `train --verify-resume`: whether interrupted training equals uninterrupted training on this machine, tried out.
#pragma once
#include <string>

#include "base/log.h"
#include "training/training_options.h"

namespace mynah::training {

struct ResumeProof {
  bool exact = false;
  std::string verdict;  // a sentence: what was compared, where the run was interrupted, what differs first
};

/// Trains a few updates with the user's data and options in one piece, and once more interrupted twice at random: by SIGTERM,
/// which saves, and by SIGKILL, which loses what came after the last checkpoint. Every stretch is a process of its own, run by
/// `program`, all in a folder that is removed afterwards. At the speed measured, learning takes each run so many `seconds`, but
/// six updates at least. Throws Error when a run fails by itself or could not be interrupted, Interrupted when a signal comes in.
ResumeProof prove_resume(const TrainingOptions& options, const std::string& program, const Log& log, double seconds = 20);

}  // namespace mynah::training
