// `train --check-data`: from the options to the check and its report.
#pragma once
#include <string>

#include "base/progress.h"
#include "corpus/check_options.h"
#include "training/training_options.h"

namespace mynah::training {

/// What was found, for standard output, and whether a pair was left out.
struct DataCheck {
  std::string report;
  bool left_out = false;
};

/// Reads the training corpora once; writes the clean copy and the JSON report if wished. Throws UsageError when nothing is given
/// to check, and what corpus::check_corpora throws.
DataCheck check_data(const TrainingOptions& options, const corpus::CheckOptions& wishes, Progress* progress);

}  // namespace mynah::training
