// Writes a model directory of a size with seeded random weights, for measuring speed: what it says is of no use.
//   write_bench_model SIZE VOCABULARY SOURCE_TEXT TARGET_TEXT FOLDER
// The texts need words enough for a vocabulary of that size.
#include <cmath>
#include <iostream>

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

TokenizerPair tokenizers(int vocabulary, const std::string& source, const std::string& target) {
  TokenizerTraining training;
  training.vocabulary = vocabulary;
  training.source_language = "en";
  training.target_language = "de";
  return train_tokenizers(training, lines_of(source), lines_of(target), Log());
}

/// Norms of ones and zeros; else uniform with a variance of 1 / inputs, the row of `<pad>` zero.
model::Weights random_weights(const model::Shape& shape) {
  Random random(7);
  model::Weights weights;
  for (const auto& [name, array_shape] : model::layout_of(shape)) {
    const bool matrix = array_shape.size() == 2;
    const auto width = static_cast<std::size_t>(matrix ? array_shape[1] : 1);
    std::vector<float> values(static_cast<std::size_t>(array_shape[0]) * width, name.ends_with("norm.weight") ? 1.0F : 0.0F);
    const double spread = std::sqrt(3.0 / static_cast<double>(width));
    for (float& value : values) value = matrix ? static_cast<float>((2 * random.uniform() - 1) * spread) : value;
    if (name == "embedding.weight") std::fill(values.end() - array_shape[1], values.end(), 0.0F);
    weights[name] = model::make_array(values, array_shape);
  }
  return weights;
}

void write(const std::vector<std::string>& words) {
  model::Model model;
  model.tokenizers = tokenizers(std::stoi(words[1]), words[2], words[3]);
  model.shape = model::shape_of_size(words[0]);
  model.shape.vocabulary = model.tokenizers.vocabulary->size();
  model.weights = random_weights(model.shape);
  model.languages = {"en", "de"};
  save_model(words[4], model);
}

}  // namespace

int main(int count, char** arguments) try {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.size() != 5) throw mynah::UsageError("SIZE VOCABULARY SOURCE_TEXT TARGET_TEXT FOLDER expected");
  write(words);
} catch (const mynah::Error& error) {
  std::cerr << "write_bench_model: " << error.what() << '\n';
  return 1;
}
