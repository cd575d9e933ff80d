// What training options may be, each for itself and together.
#include <algorithm>
#include <initializer_list>

#include "base/error.h"
#include "model/shape.h"
#include "training/hardware.h"
#include "training/schedule.h"
#include "training/score_board.h"
#include "training/span.h"
#include "training/training_options.h"

namespace mynah::training {
namespace {

/// Collects complaints about options in one shape.
void require(bool fine, const char* option, const std::string& expected) {
  if (!fine) throw UsageError(concat("--", option, ": expected ", expected));
}

void require_rate(double rate, const char* option) {
  require(rate >= 0 && rate < 1, option, concat("a share from 0 up to, but not including, 1; found ", rate));
}

void require_at_least(double value, double least, const char* option) {
  require(value >= least, option, concat("at least ", least, ", found ", value));
}

void validate_data(const TrainingOptions& options) {
  require(!options.model.empty(), "model", "a directory for the model, which was not given");
  require(!options.train_sets.empty(), "train-sets", "the training text: two line-aligned files, or one TSV or JSON-lines file");
  require(options.fields.empty() || options.fields.size() == 2, "fields",
          concat("two names, of the source's and the target's column or key; found ", options.fields.size()));
  require(options.vocabs.size() <= 2, "vocabs", concat("one file for both sides, or two; found ", options.vocabs.size()));
  require(options.vocabs.empty() || options.from.empty(), "vocabs", "to be left out with --from, which brings its own tokenizer");
  require(options.sentencepiece_alphas.size() <= 2, "sentencepiece-alphas",
          concat("one number for the source, or two; found ", options.sentencepiece_alphas.size()));
  for (const double alpha : options.sentencepiece_alphas) require_at_least(alpha, 0, "sentencepiece-alphas");
  for (const std::string& style : options.styles) {
    const bool fine = !style.empty() && std::ranges::all_of(style, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
    require(fine, "styles", concat("words of a to z, as headline; found ", style));
  }
  for (const double weight : options.weights) require(weight > 0, "weights", concat("numbers above 0; found ", weight));
  require_at_least(options.vocabulary, 300, "vocabulary");
  require_at_least(options.max_length, 2, "max-length");
  require_at_least(options.max_length_ratio, 1, "max-length-ratio");
  require_at_least(static_cast<double>(options.hold_out), 1, "hold-out");
}

void validate_network(const TrainingOptions& options) {
  model::shape_of_size(options.task, options.type);
  require_rate(options.dropout, "transformer-dropout");
  require_rate(options.dropout_attention, "transformer-dropout-attention");
  require_rate(options.dropout_ffn, "transformer-dropout-ffn");
  require_at_least(static_cast<double>(options.random_position_offset), 0, "random-position-offset");
  require_at_least(options.ponder_weight, 0, "ponder-weight");
}

void validate_learning(const TrainingOptions& options) {
  require_rate(options.label_smoothing, "label-smoothing");
  require_rate(options.adam_beta1, "adam-beta1");
  require_rate(options.adam_beta2, "adam-beta2");
  require_rate(options.exponential_smoothing, "exponential-smoothing");
  require(options.learn_rate > 0, "learn-rate", concat("a number above 0; found ", options.learn_rate));
  require(options.adam_epsilon > 0, "adam-epsilon", concat("a number above 0; found ", options.adam_epsilon));
  require_at_least(options.weight_decay, 0, "weight-decay");
  require_at_least(options.clip_norm, 0, "clip-norm");
  require_at_least(options.average_checkpoints, 0, "average-checkpoints");
  require_at_least(static_cast<double>(options.mini_batch_words), 1, "mini-batch-words");
  require_at_least(options.mini_batch, 0, "mini-batch");
  require_at_least(options.maxi_batch, 1, "maxi-batch");
  require_at_least(options.optimizer_delay, 1, "optimizer-delay");
  require_at_least(options.threads, 0, "threads");
  const int most = std::max(64, 4 * available_cores());
  require(options.threads <= most, "threads",
          concat("at most ", most, " (four for each core of this machine, or 64); found ", options.threads,
                 "; every thread keeps gradients of its own"));
}

void validate_spans(const TrainingOptions& options) {
  const Decay decay = parse_decay(options.lr_schedule);
  parse_span(options.lr_warmup, "lr-warmup");
  for (const Span& limit : parse_limits(options.after, "after")) {
    require(limit.amount > 0, "after", concat("a span above 0, found ", options.after));
    const bool falls_to_the_end = decay == Decay::linear || decay == Decay::cosine;
    require(!falls_to_the_end || limit.unit != Unit::seconds, "lr-schedule",
            concat(options.lr_schedule, " to go with an --after in updates, tokens or epochs, found ", options.after,
                   "; a learning rate that depends on the clock could not be repeated"));
  }
  parse_span(options.valid_freq, "valid-freq");
  parse_span(options.save_freq, "save-freq");
  parse_span(options.disp_freq, "disp-freq");
}

void validate_watching(const TrainingOptions& options) {
  require(!options.valid_metrics.empty(), "valid-metrics", "at least one metric");
  for (const std::string& metric : options.valid_metrics) check_valid_metric(metric);
  require_at_least(options.early_stopping, 0, "early-stopping");
  require_at_least(options.valid_beam, 1, "valid-beam");
}

}  // namespace

void check_together(const TrainingOptions& options, const std::function<bool(std::string_view)>& given) {
  const auto refuse = [&](std::initializer_list<const char*> ignored, const char* reason) {
    for (const char* option : ignored) require(!given(option), option, concat("to be left out with ", reason));
  };
  if (!options.from.empty()) {
    refuse({"task", "type", "transformer-ffn-activation", "pre-norm", "enc-cell", "dec-cell", "enc-type", "attention",
            "layer-normalization", "skip", "halting", "transition"},
           "--from, whose model has its own sizes and kinds");
    refuse({"vocabulary", "tokenizer-type", "separate-vocabularies"}, "--from, which brings its own tokenizer");
  }
  if (!options.vocabs.empty()) {
    refuse({"vocabulary", "tokenizer-type", "separate-vocabularies"}, "--vocabs, which are trained already");
  }
  if (!options.valid_sets.empty()) refuse({"hold-out"}, "--valid-sets, beside which no pairs are held out");
}

void check_type(const TrainingOptions& options, const std::function<bool(std::string_view)>& given) {
  struct Own {
    std::vector<std::string> types;
    std::vector<const char*> options;
  };
  static const std::vector<Own> kOwn = {
      {{"transformer", "universal"},
       {"transformer-dim-ffn", "transformer-heads", "transformer-ffn-activation", "pre-norm", "transformer-dropout-ffn",
        "random-position-offset"}},
      {{"universal"}, {"halting", "transition", "ponder-weight"}},
      {{"rnn"}, {"dim-rnn", "enc-cell", "dec-cell", "enc-type", "attention", "layer-normalization", "skip"}},
      {{"cnn"}, {"dim-cnn", "cnn-kernel-width"}}};
  const std::string type = model::canonical_type(options.type);
  for (const Own& own : kOwn) {
    if (std::ranges::find(own.types, type) != own.types.end()) continue;
    for (const char* option : own.options) {
      require(!given(option), option, concat("to be left out with --type ", type, ", where it is no choice"));
    }
  }
}

void validate(const TrainingOptions& options) {
  validate_data(options);
  validate_network(options);
  validate_learning(options);
  validate_spans(options);
  validate_watching(options);
}

}  // namespace mynah::training
