// The line that says how training goes, now and then, and the bar between two of them.
#pragma once
#include <string>
#include <vector>

#include "base/log.h"
#include "base/progress.h"
#include "training/history.h"
#include "training/replicas.h"
#include "training/span.h"

namespace mynah::training {

class Reporter {
 public:
  Reporter(const Log& log, Progress* progress, std::vector<Span> limits);

  /// Takes in one update; nothing is read back from the device.
  void add(const LossSums& sums, std::int64_t tokens, double learn_rate, double seconds);
  /// Moves the bar.
  void show(const Standing& standing);
  /// Writes the line of all updates since the last one; no updates, no report. Waits for the device.
  Report report(const Standing& standing, const nn::Tensor& gradient_norm);
  /// What was taken in since the last line, for the checkpoint; waits for the device.
  Json state() const;
  /// As if training had come to `standing` here; null is a state without updates.
  void go_on(const Standing& standing, const Json& state);
  /// Removes the bar.
  void finish();

 private:
  std::string remaining(const Standing& standing) const;

  Log log_;
  Progress* progress_;
  std::vector<Span> limits_;
  Standing begin_;
  struct Since {
    LossSums sums;
    std::int64_t updates = 0, tokens = 0;
    double learn_rate = 0, seconds = 0;
  } since_;  // since the last report
  std::string detail_;
};

}  // namespace mynah::training
