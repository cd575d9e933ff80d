#include "training/trainer.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/interrupt.h"
#include "model/safetensors.h"
#include "model/style_scores.h"
#include "packed/packed_file.h"
#include "packed/packing.h"
#include "training/figures.h"
#include "training/plan.h"
#include "training/session.h"
#include "training/shortlist_training.h"
#include "training/style_scoring.h"

namespace mynah::training {

namespace {

/// A score that is best only because there was none before: 0.000 for translations that share nothing with the references.
bool is_nothing(const std::string& metric, double score) { return needs_translations(metric) && fixed(score, 3) == "0.000"; }

}  // namespace

/// The session, and the steps of the loop.
struct Trainer::Parts : Session {
  using Session::Session;

  void say_plan();
  void learn();
  void watch();
  void report();
  bool validate();
  bool finish();
  bool try_average();
  void pack() const;
  bool weigh_styles() const;
  void keep(const std::vector<std::string>& improved, const Scores& scores);
  bool ended() const { return fraction_done(limits, standing) >= 1 || board.should_stop(); }
  Outcome interrupted_here();
};

Trainer::Trainer(const TrainingOptions& options, Log log, Progress* progress)
    : parts_(std::make_unique<Parts>(options, std::move(log), progress)) {}

Trainer::~Trainer() = default;

Outcome Trainer::run() {
  Parts& parts = *parts_;
  if (parts.ended() && parts.finished) {
    parts.log.info(concat("Nothing is left to do: training of ", parts.options.model, " ended at update ", parts.standing.updates,
                          "; a longer --after or a larger --early-stopping goes on"));
    return Outcome::finished;
  }
  parts.finished = false;
  parts.say_plan();
  if (parts.options.plan_only) return Outcome::finished;
  parts.stopwatch.restart();
  if (parts.validating.due(parts.standing)) parts.validate();  // one that a signal cut short
  while (!parts.ended() && !interrupted()) {
    parts.learn();
    parts.watch();
  }
  parts.reporter->finish();
  if (interrupted() || !parts.finish()) return parts.interrupted_here();
  return parts.board.should_stop() ? Outcome::stopped_early : Outcome::finished;
}

void Trainer::Parts::say_plan() {
  const auto parameters = replicas->parameters().parameters();
  log.info(concat("Network: ", shape.type, " with ", shape.encoder_layers, "+", shape.decoder_layers, " layers, d_model ",
                  shape.d_model, ", ", with_thousands(shape.vocabulary), " pieces; ",
                  counted(parameters, "parameter", "parameters"), " (", to_size(static_cast<double>(parameters) * sizeof(float)),
                  ")"));
  const auto stream = open_stream();
  const auto next_update = [&] {
    std::vector<corpus::Batch> batches;
    for (int index = 0; index < options.optimizer_delay; ++index) batches.push_back(stream->next());
    return batches;
  };
  const Measured measured = measure(*replicas, next_update);
  const double updates_per_epoch = static_cast<double>(material.cache->size()) / measured.pairs_per_update;
  log.info(concat("Plan: ", with_thousands(std::llround(measured.tokens_per_second())), " target tokens/s on ",
                  options.device == "cpu" ? concat(options.threads, options.threads == 1 ? " core" : " cores") : options.device,
                  "; ", with_thousands(std::llround(measured.tokens_per_update)), " target tokens an update, ",
                  counted(std::llround(updates_per_epoch), "update", "updates"), " an epoch; ",
                  to_size(static_cast<double>(peak_memory())), " of memory"));
  const double expected = expected_seconds(measured, limits, standing, material.cache->size());
  log.info(concat("--after ", options.after, " is expected in ", to_duration(expected), ", without the time for validation"));
}

void Trainer::Parts::learn() {
  const Stopwatch learning;
  const Loaded loaded = loader->next();
  ++standing.updates;
  const double learn_rate = schedule.learn_rate(standing);
  const LossSums sums = replicas->learn(loaded.batches, standing.updates);
  optimizer->step(replicas->team(), replicas->gradients(), learn_rate);
  std::int64_t tokens = 0;
  for (const corpus::Batch& batch : loaded.batches) tokens += batch.target_tokens();
  standing.target_tokens += tokens;
  standing.epochs = loaded.epochs;
  standing.seconds = earlier_seconds + stopwatch.elapsed_seconds();
  position = loaded.position;
  reporter->add(sums, tokens, learn_rate, learning.elapsed_seconds());
}

void Trainer::Parts::watch() {
  if (reporting.due(standing)) report();
  if (validating.due(standing)) validate();
  if (saving.due(standing)) save(Turn::due);
  reporter->show(standing);
}

void Trainer::Parts::report() {
  const Report line = reporter->report(standing, optimizer->gradient_norm());
  const std::int64_t since = standing.updates - reporting.last().updates;
  reporting.done(standing);
  history->add(line);
  const std::int64_t lost = optimizer->take_lost();
  if (lost > 0) log.warning(concat(lost, " of the last ", since, " updates were left out: their gradient was not finite"));
  if (lost == since && since >= 10) {
    throw Error(concat("training diverged: none of the last ", since, " updates before update ", standing.updates,
                       " had a finite gradient; a smaller --learn-rate or a longer --lr-warmup would help"));
  }
}

bool Trainer::Parts::validate() {
  reporter->finish();
  const auto average = smoothed();
  const auto scores = validation->run(*replicas);
  if (!scores) return false;
  validating.done(standing);
  history->add(standing, *scores);
  keep(board.add(*scores), *scores);
  history->draw();
  return true;
}

void Trainer::Parts::keep(const std::vector<std::string>& improved, const Scores& scores) {
  std::string line = concat("Validation at update ", with_thousands(standing.updates), ":");
  for (const auto& [metric, score] : scores) {
    const bool best = std::find(improved.begin(), improved.end(), metric) != improved.end();
    line += concat(" ", metric, " ", fixed(score, 3), best && !is_nothing(metric, score) ? " (best)" : "");
    if (!best) continue;
    writer->write(metric == options.valid_metrics.front() ? folder : folder / ("best-" + metric), *replicas->network(), standing,
                  scores);
  }
  log.info(line);
}

bool Trainer::Parts::finish() {
  if (board.should_stop()) log.info(concat("Stopping early: ", options.early_stopping, " validations without a better score"));
  if (validating.last().updates != standing.updates && !validate()) return false;
  save(Turn::due);
  if (!try_average()) return false;
  pack();
  if (options.styles.empty()) {
    keep_shortlist(*material.cache, *material.tokenizers.vocabulary, options, log);
  } else if (!weigh_styles()) {
    return false;
  }
  finished = true;
  save(Turn::due);
  std::string best;
  for (const auto& [metric, score] : board.best()) best += concat(best.empty() ? "" : ", ", metric, " ", fixed(score, 3));
  log.info(concat("Done: ", with_thousands(standing.updates), " updates, ", fixed(standing.epochs, 1), " epochs, ",
                  to_duration(standing.seconds), "; best ", best, "; the model is in ", folder.string()));
  return true;
}

bool Trainer::Parts::try_average() {
  const auto recent = checkpoints.recent_weights();
  if (options.average_checkpoints < 2 || recent.size() < 2) return true;
  const at::NoGradGuard no_gradient;
  const FlatParameters& parameters = replicas->parameters();
  nn::Tensor mean = at::zeros_like(parameters.values()), one = at::zeros_like(parameters.values());
  for (const auto& path : recent) {
    parameters.assign(one, model::read_safetensors(path), "", path.string());
    mean.add_(one, 1.0 / static_cast<double>(recent.size()));
  }
  log.info(concat("Trying the mean of the last ", recent.size(), " checkpoints"));
  const Swapped averaged(parameters.values(), mean);
  const auto scores = validation->run(*replicas);
  if (scores) keep(board.add(*scores), *scores);
  return scores.has_value();
}

/// The model as it stands in its folder: a CPU starts sooner with it, and takes int8 where that was found to lose nothing.
void Trainer::Parts::pack() const {
  const model::Model model = model::open_model(folder);
  if (!packed::can_pack(model.shape)) return;
  const packed::PackedFile file = packed::make_packed_file(model);
  packed::save_packed_file(file, model);
  log.info(concat("Packed for CPUs: ", packed::described(file)));
}

/// What `summarize` goes by where nobody names a model. False when a signal came in meanwhile.
bool Trainer::Parts::weigh_styles() const {
  try {
    const auto scores = score_styles(model::open_model(folder), material.validation);
    model::write_style_scores(folder, scores);
    log.info(concat("ROUGE-2 by style: ", described(scores)));
    return true;
  } catch (const Interrupted&) {
    return false;
  }
}

Outcome Trainer::Parts::interrupted_here() {
  save(Turn::out_of_turn);
  log.warning(concat("Interrupted: update ", standing.updates, " is saved; go on with: train --model ", folder.string()));
  return Outcome::interrupted;
}

}  // namespace mynah::training
