// Writes a model directory of a size with seeded random weights, for measuring speed: what it says is of no use.
//   write_bench_model TOKENIZERS_OF SIZE VOCABULARY FOLDER
// Tokenizers come from another model directory; the vocabulary is filled up with pieces that no text has.
#include <cmath>
#include <iostream>

#include "base/error.h"
#include "base/random.h"
#include "model/layout.h"
#include "model/model.h"

namespace {

using namespace mynah;

TokenizerPair tokenizers(const std::string& folder, int size) {
  const model::Model model = model::open_model(folder);
  const Vocabulary& known = *model.tokenizers.vocabulary;
  std::vector<std::string> pieces;
  for (TokenId id = 0; id < known.pad(); ++id) pieces.push_back(known.piece(id));
  while (static_cast<int>(pieces.size()) < size - 1) pieces.push_back(concat("<filler", pieces.size(), ">"));
  pieces.push_back(known.piece(known.pad()));
  const auto vocabulary = std::make_shared<const Vocabulary>(std::move(pieces));
  const auto with = [&](const Tokenizer& tokenizer) {
    return std::make_shared<const Tokenizer>(tokenizer.serialized(), folder, vocabulary);
  };
  return {vocabulary, with(*model.tokenizers.source), with(*model.tokenizers.target)};
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
  model.tokenizers = tokenizers(words[0], std::stoi(words[2]));
  model.shape = model::shape_of_size(words[1]);
  model.shape.vocabulary = model.tokenizers.vocabulary->size();
  model.weights = random_weights(model.shape);
  model.languages = {"en", "de"};
  save_model(words[3], model);
}

}  // namespace

int main(int count, char** arguments) try {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.size() != 4) throw mynah::UsageError("TOKENIZERS_OF SIZE VOCABULARY FOLDER expected");
  write(words);
} catch (const mynah::Error& error) {
  std::cerr << "write_bench_model: " << error.what() << '\n';
  return 1;
}
