// The best score so far of every validation metric, and when enough is enough.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"

namespace mynah::training {

/// Scores by metric, in the order of --valid-metrics.
using Scores = std::vector<std::pair<std::string, double>>;

/// Throws UsageError listing the names that --valid-metrics knows.
void check_valid_metric(const std::string& name);

/// Whether the metric looks at translations, not only at the loss.
bool needs_translations(const std::string& metric);

/// Counts, per metric, validations in a row without a better score.
class ScoreBoard {
 public:
  /// `stop_on` is first, all or any: which metrics have to stall `patience` times; patience 0: never stop.
  ScoreBoard(std::vector<std::string> metrics, int patience, std::string stop_on);

  /// Takes in the scores of one validation; the metrics that have a new best score.
  std::vector<std::string> add(const Scores& scores);
  bool should_stop() const;
  /// Best scores, of metrics that have one.
  Scores best() const;

  Json to_json() const;
  /// Metrics that `json` does not know begin anew.
  void restore(const Json& json);

 private:
  struct Row {
    std::string metric;
    bool scored = false;
    double best = 0;
    int stalled = 0;
  };
  std::vector<Row> rows_;
  int patience_;
  std::string stop_on_;
};

}  // namespace mynah::training
