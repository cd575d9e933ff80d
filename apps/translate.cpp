// translate: text in one language in, a line of the other language out for each line.
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <sstream>
#include <string>

#include "base/error.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "cli/program.h"
#include "engine/open_network.h"
#include "inference/model_finder.h"
#include "inference/text_generator.h"
#include "inference/translate_options.h"
#include "inference/translation.h"
#include "model/model.h"

namespace mynah {
namespace {

cli::Program describe_program() {
  return {.name = "translate",
          .summary = "Translates text with a trained model, a line out for each line in.",
          .description = "Without TEXT and --input, standard input is translated; at a terminal, lines are asked for.\n"
                         "A line of any length is cut into sentences, which are translated and joined again.",
          .examples = {{"translate The cat sleeps.", "translate a sentence"},
                       {"translate --from en --to de --input a.en --output a.de", "translate a file"},
                       {"translate -i test.en --score test.de", "translate, then score against a reference"},
                       {"translate --n-best --beam-size 5 Hello!", "show five candidates"}},
          .positional = "TEXT…",
          .build_info = engine::build_info};
}

/// The words of the command line are one text; a line break in it still ends a line.
inference::NextLine lines_of_words(const std::vector<std::string>& words) {
  auto text = std::make_shared<std::stringstream>();
  for (const std::string& word : words) *text << (text->tellp() > 0 ? " " : "") << word;
  return [text]() -> std::optional<std::string> {
    std::string line;
    if (!std::getline(*text, line)) return std::nullopt;
    return line;
  };
}

inference::NextLine lines_of_prompt(const std::string& prompt) {
  auto reader = std::make_shared<LineReader>("-");
  return [reader, prompt]() -> std::optional<std::string> {
    std::cerr << prompt << std::flush;
    std::string line;
    if (!reader->next(line)) return std::nullopt;
    return line;
  };
}

std::filesystem::path folder_of_model(const inference::TranslateOptions& options, const std::string& sample) {
  if (!options.model.empty()) return options.model;
  return inference::choose_model(inference::list_models(inference::model_roots()), options.from, options.to, sample).folder;
}
