// translate: text in one language in, a line of the other language out for each line.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/interrupt.h"
#include "cli/program.h"
#include "engine/open_network.h"
#include "inference/model_finder.h"
#include "inference/run_conclusion.h"
#include "inference/translation.h"
#include "model/shortlist_file.h"

namespace mynah {
namespace {

using inference::LineSource;
using inference::TextGenerator;
using inference::TranslateOptions;

cli::Program program() {
  return {.name = "translate",
          .summary = "Translates text with a trained model, a line out for each line in.",
          .description =
              "Without TEXT and --input, standard input is translated; at a terminal, lines are asked for.\n"
              "A line of any length is cut into sentences, which are translated and joined again.",
          .examples = {{"translate The cat sleeps.", "a sentence"},
                       {"translate --from en --to de --input a.en --output a.de", "a file"},
                       {"translate letters/ --output briefe/", "a folder; run again, it goes on where it stopped"},
                       {"translate -i test.en --score test.de", "a file, then its BLEU and chrF against a reference"},
                       {"translate --n-best --beam-size 5 Hello!", "five candidates"}},
          .positional = "TEXT…",
          .build_info = engine::build_info};
}

/// Nothing was given and somebody sits there.
bool asks_for_lines(const TranslateOptions& options) {
  return options.files.inputs.empty() && options.score.empty() && isatty(STDIN_FILENO) == 1;
}

/// With --output, words that all name what is there are files to read. Throws UsageError where only some do.
bool are_files(const std::vector<std::string>& words, const TranslateOptions& options, const Log& log) {
  const auto is_there = [](const std::string& word) { return word == "-" || std::filesystem::exists(word); };
  const auto there = static_cast<std::size_t>(std::ranges::count_if(words, is_there));
  if (there == 0) return false;
  if (options.files.output.empty()) {
    if (there == words.size())
      log.warning(words.front() + " is taken as text; --input " + words.front() + " translates the file");
    return false;
  }
  if (there == words.size()) return true;
  throw UsageError(concat("of the words before --output ", options.files.output, " some are files and ",
                          *std::ranges::find_if_not(words, is_there), " is not: is it a text, or a file that is missing?"));
}

int list_models() {
  const auto models = inference::list_models(inference::model_roots());
  for (const auto& model : models) std::cout << describe(model) << "\n";
  if (models.empty()) std::cerr << "no model was found: put some into a folder named by MYNAH_MODELS, or make one with train\n";
  return 0;
}

/// A model and what was decided by it.
struct Opened {
  std::filesystem::path folder;
  model::Model model;
};

/// `sample` gives a line of the text, to choose among several models by its language.
Opened open_model(TranslateOptions& options, const cli::CommandLine& line, const std::function<std::string()>& sample) {
  std::filesystem::path folder = options.model;
  if (folder.empty()) {
    const auto models = inference::list_models(inference::model_roots());
    folder = inference::choose_model(models, options.from, options.to, sample()).folder;
  }
  inference::expect_translates(folder, options.from, options.to);
  Opened opened{folder, model::open_model(folder)};
  settle(options, opened.model.generation, [&](std::string_view option) { return line.has(option); });
  validate(options);
  return opened;
}

/// One that writes summaries, too, where it is named.
int pack_model(TranslateOptions& options, const cli::CommandLine& line) {
  const bool named = !options.model.empty();
  const model::Model model = named ? model::open_model(options.model) : open_model(options, line, [] { return ""; }).model;
  engine::pack(model, options.precision, cli::standard_log(options.quiet));
  return 0;
}

TextGenerator make_generator(const Opened& opened, const TranslateOptions& options) {
  const model::Model& model = opened.model;
  const auto network = engine::open_network(
      model,
      {.device = options.device, .engine = options.engine, .precision = options.precision, .cpu_features = options.cpu_features},
      cli::standard_log(options.quiet));
  inference::GenerationOptions generation = options.generation;
  generation.shortlist = model::wished_shortlist(options.shortlist, model, cli::standard_log(options.quiet));
  return {network, model.tokenizers, model.languages.source, model.languages.target, generation};
}

/// Words, lines typed at a prompt, pairs to score: one after the other.
int translate_lines(TranslateOptions& options, const cli::CommandLine& line, LineSource source) {
  inference::expect_apart(options.files.output, "--output", options.files.inputs);
  OutputFile output(options.files.output.empty() ? "-" : options.files.output);
  const Opened opened = open_model(options, line, [&] { return source.sample(); });
  const TextGenerator generator = make_generator(opened, options);
  if (options.score_only) {
    inference::score_pairs(generator, options, source, output);
  } else {
    inference::translate_one_by_one(generator, options, source, output);
  }
  output.commit();
  return 0;
}

/// Files and folders, or standard input.
int translate_files(TranslateOptions& options, const cli::CommandLine& line) {
  const std::string language = options.model.empty() ? options.from : model::languages_of(options.model).source;
  const inference::FilePlan plan = inference::plan_files(options.files, language);
  inference::InputFiles inputs(plan.jobs, inference::longest_line(options));
  const Opened opened = open_model(options, line, [&] { return inputs.sample(); });
  inference::OutputFiles outputs(plan, options.files, settings_of(options, opened.folder), inference::rendering_of(options));
  const TextGenerator generator = make_generator(opened, options);
  const auto progress = cli::standard_progress(options.quiet);
  inference::Translated translated = inference::translate_files(generator, options, inputs, outputs, *progress);
  const inference::RunReport report =
      inference::conclude(options.files, plan, outputs, translated.account, translated.interrupted);
  say(report, cli::standard_log(options.quiet));
  if (!options.score.empty()) {
    std::cerr << inference::rendered(inference::scores_of(translated.lines, options, opened.model.languages.target), options);
  }
  return exit_code_of(report, options.files);
}

int translate(int argc, char** argv) {
  TranslateOptions options;
  OptionList list;
  list_options(options, list);
  cli::CommandLine line = cli::parse(program(), list, argc, argv);
  validate(options);
  if (options.list_models) return list_models();
  if (options.pack) return pack_model(options, line);
  if (are_files(line.words, options, cli::standard_log(options.quiet))) options.files.inputs.swap(line.words);
  if (!line.words.empty() && !(options.files.inputs.empty() && options.score.empty())) {
    throw UsageError("TEXT on the command line stands instead of --input and cannot be scored with --score");
  }
  inference::expect_apart(options.files.output, "--output", {options.score});
  inference::expect_apart(options.files.report, "--report", {options.score});
  catch_interrupts();
  if (!line.words.empty()) return translate_lines(options, line, LineSource::of_words(line.words));
  if (asks_for_lines(options)) return translate_lines(options, line, LineSource::of_prompt("> "));
  if (!options.score_only) return translate_files(options, line);
  return translate_lines(options, line, LineSource::of_file(options.files.inputs.empty() ? "-" : options.files.inputs.front()));
}

}  // namespace
}  // namespace mynah

int main(int argc, char** argv) {
  const int code = mynah::cli::run("translate", [&] { return mynah::translate(argc, argv); });
  std::cout.flush();
  std::fflush(nullptr);
  _exit(code);  // LibTorch takes a tenth of a second to take itself down
}
