#include "training/session.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/allocator.h"
#include "base/error.h"
#include "base/interrupt.h"
#include "nn/device.h"
#include "training/continuation.h"
#include "training/corpora.h"
#include "training/hardware.h"
#include "training/network_setup.h"

namespace mynah::training {
namespace {

corpus::BatchOptions batch_options(const TrainingOptions& options) {
  const auto& alphas = options.sentencepiece_alphas;
  return {.mini_batch_words = options.mini_batch_words,
          .mini_batch = options.mini_batch,
          .maxi_batch = options.maxi_batch,
          .source_sampling = alphas.empty() ? 0 : alphas[0],
          .target_sampling = alphas.size() < 2 ? 0 : alphas[1],
          .seed = static_cast<std::uint64_t>(options.seed)};
}

OptimizerOptions optimizer_options(const TrainingOptions& options) {
  return {.muon = options.optimizer == "muon",
          .bfloat16 = options.precision == "bfloat16",
          .beta1 = options.adam_beta1,
          .beta2 = options.adam_beta2,
          .epsilon = options.adam_epsilon,
          .weight_decay = options.weight_decay,
          .clip_norm = options.clip_norm,
          .exponential_smoothing = options.exponential_smoothing};
}

c10::Device device_for(const TrainingOptions& options) {
  try {
    return nn::device_named(options.device);
  } catch (const Error& error) {
    throw UsageError(concat("--device: ", error.what()));
  }
}

}  // namespace

Session::Session(const TrainingOptions& given, Log told, Progress* shown)
    : options(given),
      log(std::move(told)),
      progress(shown),
      folder(options.model),
      checkpoints(folder / "checkpoint"),
      schedule{parse_decay(options.lr_schedule), options.learn_rate, parse_span(options.lr_warmup, "lr-warmup"),
               parse_limits(options.after, "after")},
      limits(schedule.end),
      board(options.valid_metrics, options.early_stopping, options.early_stopping_on),
      reporting(parse_span(options.disp_freq, "disp-freq")),
      validating(parse_span(options.valid_freq, "valid-freq")),
      saving(parse_span(options.save_freq, "save-freq")) {
  catch_interrupts();
  tune_allocator();
  make_paths_absolute(options);
  options.type = model::canonical_type(options.type);
  settle_machine();
  reporter = std::make_unique<Reporter>(log, progress, limits);
  const bool goes_on = checkpoints.has_checkpoint();
  goes_on ? go_on() : begin();
  validation = std::make_unique<Validation>(material.validation, material.tokenizers, material.languages, options, log);
  writer = std::make_unique<ModelWriter>(options, shape, material);
  history = std::make_unique<History>(folder, reporting.last().updates, validating.last().updates);
  loader = std::make_unique<BatchLoader>(open_stream(), options.optimizer_delay);
  if (!goes_on) save(Turn::out_of_turn);
}

void Session::settle_machine() {
  const c10::Device device = device_for(options);
  if (options.threads == 0) options.threads = available_cores();
  if (device.is_cuda()) options.threads = 1;
  if (options.precision == "bfloat16" && !has_bfloat16(device)) {
    throw UsageError(concat("--precision bfloat16: the device ", options.device,
                            " has no instructions for it, and emulation is slower than float32; leave the option out"));
  }
}

void Session::begin() {
  check_new(folder);
  std::optional<model::Model> base;
  if (!options.from.empty()) base = model::open_model(options.from);
  constexpr int kAnyVocabulary = 1000;
  shape_for(options, base, kAnyVocabulary);  // complains before the long work begins
  material = prepare(options, base, log, progress);
  options.source_lang = material.languages.source;
  options.target_lang = material.languages.target;
  shape = shape_for(options, base, material.tokenizers.vocabulary->size());
  make_network(base, 1);
}

void Session::go_on() {
  check_changes(checkpoints.load_state().at("options"), options, log);
  material = reopen(options, log);
  shape = shape_for(options, std::nullopt, material.tokenizers.vocabulary->size());
  const Checkpoint checkpoint = checkpoints.load();
  make_network(std::nullopt, checkpoint.state->at("pieces").get<int>());
  const std::string where = checkpoints.path().string();
  nn::Tensor values = replicas->parameters().values();
  replicas->parameters().assign(values, checkpoint.weights, "", where);
  optimizer->restore(checkpoint.optimizer, where);
  restore(*checkpoint.state);
  log.info(concat("Going on from update ", standing.updates, " in ", folder.string()));
}

void Session::make_network(const std::optional<model::Model>& base, int pieces) {
  const ReplicaOptions replica_options{
      .loss = {.label_smoothing = options.label_smoothing, .ponder_weight = options.ponder_weight},
      .pad = material.tokenizers.vocabulary->pad(),
      .seed = static_cast<std::uint64_t>(options.seed),
      .bfloat16 = options.precision == "bfloat16",
      .pieces = pieces};
  replicas = std::make_unique<Replicas>(build_networks(options, shape, base), replica_options, log);
  optimizer = std::make_unique<Optimizer>(replicas->parameters(), optimizer_options(options));
}

Json Session::state() const {
  return {{"options", effective_options(options)}, {"standing", to_json(standing)},
          {"stream", corpus::to_json(position)},   {"last_report", to_json(reporting.last())},
          {"since_report", reporter->state()},     {"last_validation", to_json(validating.last())},
          {"last_save", to_json(saving.last())},   {"scores", board.to_json()},
          {"pieces", replicas->pieces()},          {"finished", finished}};
}

void Session::restore(const Json& state) {
  standing = standing_from_json(state.at("standing"));
  earlier_seconds = standing.seconds;
  position = corpus::stream_position_from_json(state.at("stream"));
  reporting.done(standing_from_json(state.at("last_report")));
  reporter->go_on(standing, state.value("since_report", Json()));
  validating.done(standing_from_json(state.at("last_validation")));
  saving.done(standing_from_json(state.at("last_save")));
  board.restore(state.at("scores"));
  finished = state.at("finished").get<bool>();
}

void Session::save(Turn turn) {
  saving.done(standing);
  const FlatParameters& parameters = replicas->parameters();
  Checkpoint checkpoint;
  checkpoint.weights = parameters.named(parameters.values());
  if (options.exponential_smoothing > 0) checkpoint.smoothed = parameters.named(optimizer->smoothed());
  checkpoint.optimizer = optimizer->state();
  checkpoint.state = std::make_shared<const Json>(state());
  checkpoints.save(checkpoint, standing.updates, {.kept = options.average_checkpoints, .joins = turn == Turn::due});
  if (standing.updates > 0 && board.best().empty()) {
    const auto average = smoothed();
    writer->write(folder, *replicas->network(), standing, {});
  }
}

std::unique_ptr<corpus::BatchStream> Session::open_stream() const {
  return std::make_unique<corpus::BatchStream>(material.cache, material.tokenizers, batch_options(options), position);
}

std::unique_ptr<Swapped> Session::smoothed() const {
  return std::make_unique<Swapped>(replicas->parameters().values(), optimizer->smoothed());
}

}  // namespace mynah::training
