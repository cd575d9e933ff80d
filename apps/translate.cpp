// translate: text in one language in, a line of the other language out for each line.
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "base/error.h"
#include "base/interrupt.h"
#include "cli/program.h"
#include "engine/open_network.h"
#include "inference/model_finder.h"
#include "inference/translation.h"

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
                       {"translate -i test.en --score test.de", "a file, then its BLEU and chrF against a reference"},
                       {"translate --n-best --beam-size 5 Hello!", "five candidates"}},
          .positional = "TEXT…",
          .build_info = engine::build_info};
}

/// Nothing was given and somebody sits there.
bool asks_for_lines(const TranslateOptions& options) {
  return options.input.empty() && options.score.empty() && isatty(STDIN_FILENO) == 1;
}

LineSource open_source(const TranslateOptions& options, const std::vector<std::string>& words) {
  if (!words.empty()) return LineSource::of_words(words);
  if (asks_for_lines(options)) return LineSource::of_prompt("> ");
  return LineSource::of_file(options.input.empty() ? "-" : options.input);
}

std::filesystem::path find_model(const TranslateOptions& options, LineSource& source) {
  if (!options.model.empty()) return options.model;
  return inference::choose_model(inference::list_models(inference::model_roots()), options.from, options.to, source.sample())
      .folder;
}

int list_models() {
  const auto models = inference::list_models(inference::model_roots());
  for (const auto& model : models) std::cout << describe(model) << "\n";
  if (models.empty()) std::cerr << "no model was found: put some into a folder named by MYNAH_MODELS, or make one with train\n";
  return 0;
}

void translate_all(const TextGenerator& generator, const TranslateOptions& options, const std::string& target_language,
                   LineSource& source, OutputFile& output) {
  const Log log = cli::standard_log(options.quiet);
  const auto progress = cli::standard_progress(options.quiet);
  const inference::Translated translated = inference::translate_all(generator, options, source, output, *progress);
  output.commit();
  inference::report(translated.account, options, log);
  if (!options.score.empty()) {
    std::cerr << inference::rendered(inference::scores_of(translated.lines, options, target_language), options);
  }
}

int translate(int argc, char** argv) {
  TranslateOptions options;
  OptionList list;
  list_options(options, list);
  const cli::CommandLine line = cli::parse(program(), list, argc, argv);
  validate(options);
  if (options.list_models) return list_models();
  if (!line.words.empty() && !(options.input.empty() && options.score.empty())) {
    throw UsageError("TEXT on the command line stands instead of --input and cannot be scored with --score");
  }
  catch_interrupts();
  LineSource source = open_source(options, line.words);
  OutputFile output(options.output.empty() ? "-" : options.output);
  const model::Model model = model::open_model(find_model(options, source));
  settle(options, model.generation, [&](std::string_view option) { return line.has(option); });
  validate(options);
  const auto network =
      engine::open_network(model, {.device = options.device, .engine = options.engine, .precision = options.precision});
  const TextGenerator generator(network, model.tokenizers, model.languages.source, model.languages.target, options.generation);
  if (options.score_only) {
    inference::score_pairs(generator, options, source, output);
    output.commit();
  } else if (!line.words.empty() || asks_for_lines(options)) {
    inference::translate_one_by_one(generator, options, source, output);
    output.commit();
  } else {
    translate_all(generator, options, model.languages.target, source, output);
  }
  return 0;
}

}  // namespace
}  // namespace mynah

int main(int argc, char** argv) {
  const int code = mynah::cli::run("translate", [&] { return mynah::translate(argc, argv); });
  std::cout.flush();
  std::fflush(nullptr);
  _exit(code);  // LibTorch takes a tenth of a second to take itself down
}
