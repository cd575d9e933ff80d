// train: parallel text in, a model directory out.
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/child_process.h"
#include "base/error.h"
#include "cli/program.h"
#include "nn/device.h"
#include "training/continuation.h"
#include "training/data_check.h"
#include "training/resume_proof.h"
#include "training/shortlist_training.h"
#include "training/trainer.h"

namespace mynah {
namespace {

using training::Outcome;
using training::TrainingOptions;

cli::Program program() {
  return {
      .name = "train",
      .summary = "Trains a translation model on parallel text.",
      .description =
          "Writes a model directory that translate opens, and so do Hugging Face transformers and CTranslate2's converter. In it "
          "stands the model with the best first score of --valid-metrics so far; beside it best-METRIC/ for the other metrics, "
          "history.jsonl and curves.svg, and checkpoint/, from which training goes on.\n"
          "Ctrl-C saves and stops. Starting again with only --model goes on at the very next batch, with the same result as "
          "if nothing had happened.",
      .examples = {{"train --model en-de --train-sets train.en train.de", "a model of the default size"},
                   {"train -m en-de -t train.en train.de --valid-sets dev.en dev.de --task tiny --after 90min",
                    "a small one, soon"},
                   {"train --model en-de", "go on where it stopped"},
                   {"train --model en-de --after 40e", "go on for longer"},
                   {"train --model mine --from en-de -t mine.en mine.de --learn-rate 1e-4", "fine-tune a model"}},
      .positional = "",
      .build_info = nn::libtorch_info};
}

/// Everything the command line can say.
struct Options {
  TrainingOptions training;
  corpus::CheckOptions check;
};

void list_options(Options& options, OptionList& list) {
  list_options(options.training, list);
  list_options(options.check, list);
}

/// Whether the option was given. A config file may hold all options (--dump-config writes such a one): in it the defaults say
/// nothing.
bool asked_for(std::string_view option, const cli::CommandLine& line, const OptionList& list) {
  Options untouched;
  OptionList defaults;
  list_options(untouched, defaults);
  return line.has_typed(option) || (line.has(option) && list.find(option)->get() != defaults.find(option)->get());
}

/// Options of the command line over those of the checkpoint, if --model has one, or over the defaults.
Options read_options(int argc, char** argv) {
  Options options;
  OptionList list;
  list_options(options, list);
  const cli::CommandLine line = cli::parse(program(), list, argc, argv);
  const auto given = [&](std::string_view option) { return asked_for(option, line, list); };
  check_together(options.training, given);
  validate(options.check, given);
  const auto stored = training::stored_options(options.training.model);
  if (!stored) {
    if (options.training.from.empty()) check_type(options.training, given);
    return options;
  }
  Options resumed;
  OptionList resumed_list, stored_list;
  list_options(resumed, resumed_list);
  list_options(resumed.training, stored_list);
  options_from_json(stored_list, *stored, options.training.model + "/checkpoint/state.json");
  cli::parse(program(), resumed_list, argc, argv);
  check_type(resumed.training, given);
  return resumed;
}

int check_data(const Options& options, Progress* progress) {
  const training::DataCheck check = training::check_data(options.training, options.check, progress);
  std::cout << check.report;
  return options.check.strict && check.left_out ? 3 : 0;
}

/// Needs no --model: the trial has one of its own.
int verify_resume(const TrainingOptions& options, const Log& log) {
  TrainingOptions checked = options;
  if (checked.model.empty()) checked.model = "trial";
  validate(checked);
  const training::ResumeProof proof = training::prove_resume(options, own_program(), log);
  std::cout << proof.verdict << "\n";
  return proof.exact ? 0 : 1;
}

int train(int argc, char** argv) {
  const Options options = read_options(argc, argv);
  const bool bar = isatty(STDERR_FILENO) == 1;  // a log has a line every --disp-freq
  const auto progress = cli::standard_progress(options.training.quiet || !bar);
  if (options.check.check_data) return check_data(options, progress.get());
  const Log log = cli::standard_log(options.training.quiet);
  if (options.training.verify_resume) return verify_resume(options.training, log);
  if (options.training.shortlist_only) {
    training::make_shortlist(options.training, log, progress.get());
    return 0;
  }
  validate(options.training);
  training::Trainer trainer(options.training, log, progress.get());
  return trainer.run() == Outcome::interrupted ? 130 : 0;
}

}  // namespace
}  // namespace mynah

int main(int argc, char** argv) {
  const int code = mynah::cli::run("train", [&] { return mynah::train(argc, argv); });
  std::cout.flush();
  std::fflush(nullptr);
  _exit(code);  // LibTorch takes a tenth of a second to take itself down
}
