// A model directory for tests of programs: real files, a tokenizer trained on the small corpus, and a network of a few thousand
// random weights, so what it says is nonsense, but always the same nonsense.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "../model/random_weights.h"
#include "base/files.h"
#include "model/model.h"
#include "text/tokenizer_training.h"

namespace mynah {

inline EachLine column_of_small_corpus(bool target) {
  return [target](const std::function<void(std::string_view)>& each) {
    LineReader reader(MYNAH_SOURCE_DIR "/data/small.en-de.tsv");
    for (std::string line; reader.next(line);) {
      const std::size_t tab = line.find('\t');
      each(target ? std::string_view(line).substr(tab + 1) : std::string_view(line).substr(0, tab));
    }
  };
}

/// Writes the model there; with styles, one of summaries.
inline void write_tiny_model(const std::filesystem::path& folder, const std::string& source = "en",
                             const std::string& target = "de", const std::vector<std::string>& styles = {}) {
  TokenizerTraining training;
  training.vocabulary = 500;
  training.source_language = source;
  training.target_language = target;
  for (const std::string& style : styles) training.symbols.push_back(">>" + style + "<<");
  model::Model model;
  model.tokenizers = train_tokenizers(training, column_of_small_corpus(false), column_of_small_corpus(true), Log());
  model.shape.vocabulary = model.tokenizers.vocabulary->size();
  model.shape.d_model = 16;
  model.shape.d_feed_forward = 32;
  model.shape.heads = 2;
  model.shape.encoder_layers = model.shape.decoder_layers = 1;
  model.weights = model::random_weights(model.shape, 2, 0.5);
  std::vector<float> bias = model::to_float(model.weights.at("output_bias"));
  bias[static_cast<std::size_t>(model.tokenizers.vocabulary->end())] = 2;
  model.weights["output_bias"] = model::make_array(bias, model.weights.at("output_bias").shape);
  model.generation = {.beam = 2, .length_penalty = 1, .max_length = 30};
  model.languages = {source, target};
  model.styles = styles;
  model::save_model(folder, model);
}

}  // namespace mynah
