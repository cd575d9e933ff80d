// How training went: history.jsonl, a line per report and per validation, and curves.svg, drawn from it.
#pragma once
#include <filesystem>
#include <memory>

#include "base/json.h"
#include "training/score_board.h"
#include "training/span.h"

namespace mynah::training {

/// What a report line says of the updates since the one before.
struct Report {
  Standing standing;
  double cross_entropy = 0;  // mean per target token, unsmoothed, with dropout
  double minimised = 0;      // mean of what is minimised: smoothed
  double learn_rate = 0;
  double gradient_norm = 0;
  double tokens_per_second = 0;
};

class History {
 public:
  /// Reads what `folder`/history.jsonl already says and forgets reports that are later than update `reported`, validations that
  /// are later than `validated`: those will be done again.
  History(const std::filesystem::path& folder, std::int64_t reported, std::int64_t validated);

  /// Throws Error naming the file when it cannot be written.
  void add(const Report& report);
  void add(const Standing& standing, const Scores& scores);
  /// Draws `folder`/curves.svg.
  void draw() const;

 private:
  void append(const Json& line);

  std::filesystem::path folder_;
  std::shared_ptr<Json> lines_;  // an array
};

}  // namespace mynah::training
