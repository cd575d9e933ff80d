// Writes a model directory with random weights and a tokenizer trained on two files, for other toolkits to open.
//   write_random_model FOLDER ACTIVATION post|pre F32|F16|BF16 unigram|bpe joint|separate SOURCE_TEXT TARGET_TEXT
#include <algorithm>
#include <cmath>
#include <iostream>
#include <numbers>
#include <numeric>

#include "base/error.h"
#include "base/files.h"
#include "base/random.h"
#include "model/layout.h"
#include "model/model.h"
#include "text/tokenizer_training.h"

namespace {

using namespace mynah;

EachLine lines_of(const std::string& path) {
  return [path](const std::function<void(std::string_view)>& take) {
    LineReader reader(path);
    for (std::string line; reader.next(line);) take(line);
  };
}

/// Mean and spread of an array's values. The feed-forward parts outweigh the rest, so that decoding wanders from token to token;
/// sharper attention would do so too, but blow rounding errors up.
std::pair<double, double> moments_of(const std::string& name, const std::vector<std::int64_t>& shape, bool pre_norm) {
  if (name.ends_with("norm.weight")) return {1, 0.2};
  if (shape.size() == 1) return {0, 0.1};
  double gain = 1;
  if (name == "embedding.weight") gain = 2;
  if (name.find("feed_forward") != std::string::npos) gain = 4;
  if (pre_norm && (name.ends_with("value.weight") || name.ends_with("output.weight"))) gain = 2;
  return {0, gain / std::sqrt(static_cast<double>(shape[1]))};
}

/// Takes each row's mean away, so that what an activation adds to every input alike adds nothing to the output.
void center_rows(std::vector<float>& values, std::size_t width) {
  for (auto row = values.begin(); row != values.end(); row += static_cast<std::ptrdiff_t>(width)) {
    const auto end = row + static_cast<std::ptrdiff_t>(width);
    const float mean = std::accumulate(row, end, 0.0F) / static_cast<float>(width);
    std::for_each(row, end, [mean](float& value) { value -= mean; });
  }
}

double normal(Random& random) {  // Box and Muller 1958
  return std::sqrt(-2 * std::log(1 - random.uniform())) * std::cos(2 * std::numbers::pi * random.uniform());
}

model::Weights random_weights(const model::Shape& shape) {
  const float end_bias = shape.pre_norm ? 4 : 6;  // most sentences end before the limit
  Random random(11);
  model::Weights weights;
  for (const auto& [name, array_shape] : model::layout_of(shape)) {
    const auto [mean, spread] = moments_of(name, array_shape, shape.pre_norm);
    std::size_t elements = 1;
    for (const auto length : array_shape) elements *= static_cast<std::size_t>(length);
    std::vector<float> values(elements);
    for (float& value : values) value = static_cast<float>(mean + spread * normal(random));
    if (name == "output_bias") values[0] = end_bias;
    if (name.ends_with("outer.weight")) center_rows(values, static_cast<std::size_t>(array_shape[1]));
    weights[name] = model::make_array(values, array_shape);
  }
  return weights;
}

TokenizerPair tokenizers_of(const std::vector<std::string>& words) {
  TokenizerTraining training;
  training.vocabulary = 1000;
  training.type = words[4];
  training.separate = words[5] == "separate";
  training.source_language = "en";
  training.target_language = "de";
  return train_tokenizers(training, lines_of(words[6]), lines_of(words[7]), Log());
}

void write(const std::vector<std::string>& words) {
  model::Model model;
  model.tokenizers = tokenizers_of(words);
  model.shape = {.vocabulary = model.tokenizers.vocabulary->size(), .d_model = 64, .d_feed_forward = 96, .heads = 4};
  model.shape.encoder_layers = 2;
  model.shape.decoder_layers = 3;
  model.shape.activation = words[1];
  model.shape.pre_norm = words[2] == "pre";
  model.weights = random_weights(model.shape);
  model.generation.max_length = 60;
  model.languages = {"en", "de"};
  save_model(words[0], model, model::type_named(words[3]).value());
}

}  // namespace

int main(int count, char** arguments) try {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.size() != 8)
    throw mynah::UsageError("FOLDER ACTIVATION post|pre TYPE unigram|bpe joint|separate SOURCE TARGET expected");
  write(words);
} catch (const mynah::Error& error) {
  std::cerr << "write_random_model: " << error.what() << '\n';
  return 1;
}
