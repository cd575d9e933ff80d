// A small corpus on disk and tokenizers for it.
#pragma once
#include <string>
#include <vector>

#include "../base/temporary_folder.h"
#include "../text/small_corpus.h"
#include "corpus/cache.h"
#include "text/tokenizer_training.h"

namespace mynah::corpus {

inline EachLine each(const std::vector<std::string>& lines) {
  return [&lines](const std::function<void(std::string_view)>& visit) {
    for (const auto& line : lines) visit(line);
  };
}

/// One for all tests of the process.
inline const TokenizerPair& tokenizers(bool separate = false) {
  const auto train = [](bool two) {
    const auto corpus = small_corpus();
    TokenizerTraining options;
    options.vocabulary = two ? 330 : 400;
    options.separate = two;
    return train_tokenizers(options, each(corpus.source), each(corpus.target), Log());
  };
  static const TokenizerPair joint = train(false), two = train(true);
  return separate ? two : joint;
}

inline std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

/// Writes NAME.source and NAME.target.
inline Source write_corpus(const TemporaryFolder& folder, const std::string& name, const SmallCorpus& corpus, double weight = 1) {
  return {
      {folder.file(name + ".source", joined(corpus.source)), folder.file(name + ".target", joined(corpus.target))}, {}, weight};
}

}  // namespace mynah::corpus
