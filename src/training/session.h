// Everything one run of training holds, made new or from the checkpoint.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "base/log.h"
#include "base/progress.h"
#include "base/stopwatch.h"
#include "training/batch_loader.h"
#include "training/checkpoint.h"
#include "training/history.h"
#include "training/material.h"
#include "training/model_writer.h"
#include "training/optimizer.h"
#include "training/replicas.h"
#include "training/reporter.h"
#include "training/schedule.h"
#include "training/score_board.h"
#include "training/span.h"
#include "training/validation.h"

namespace mynah::training {

/// Whether a checkpoint is written because training has come so far, or because it begins or stops here.
enum class Turn { due, out_of_turn };

struct Session {
  /// Goes on from the checkpoint in options.model, if there is one; else prepares data and network and writes the first one.
  Session(const TrainingOptions& options, Log log, Progress* progress);

  /// Writes a checkpoint, which joins those whose mean is tried in the end when its turn has come; and, while no validation has
  /// chosen a model yet, the model as it is.
  void save(Turn turn);
  /// A stream of its own that stands where training stands.
  std::unique_ptr<corpus::BatchStream> open_stream() const;
  /// Lets the network compute with its moving average while the result lives.
  std::unique_ptr<Swapped> smoothed() const;

  TrainingOptions options;
  Log log;
  Progress* progress;
  std::filesystem::path folder;
  CheckpointFolder checkpoints;
  Schedule schedule;
  std::vector<Span> limits;
  ScoreBoard board;
  Standing standing;
  corpus::StreamPosition position;
  Frequency reporting, validating, saving;
  bool finished = false;  // nothing is left to do until --after is extended
  Stopwatch stopwatch;    // of this session
  double earlier_seconds = 0;
  Material material;
  model::Shape shape;
  std::unique_ptr<Replicas> replicas;
  std::unique_ptr<Optimizer> optimizer;
  std::unique_ptr<Validation> validation;
  std::unique_ptr<ModelWriter> writer;
  std::unique_ptr<History> history;
  std::unique_ptr<Reporter> reporter;
  std::unique_ptr<BatchLoader> loader;

 private:
  void settle_machine();
  void begin();
  void go_on();
  void restore(const Json& state);
  void make_network(const std::optional<model::Model>& base, int pieces);
  Json state() const;
};

}  // namespace mynah::training
