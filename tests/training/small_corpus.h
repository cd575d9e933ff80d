// A parallel corpus of an invented language that a very small network learns in seconds: every word has one translation, its
// letters backwards.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"
#include "temporary_folder.h"
#include "training/training_options.h"

namespace mynah::training {

struct SmallCorpus {
  std::string source, target;  // lines
};

inline SmallCorpus small_corpus(int pairs, std::uint64_t seed) {
  static const char* const kSyllables[] = {"ba", "do", "ki", "lu", "me", "no", "pa", "ri", "so", "tu", "va", "ze"};
  Random random(seed);
  SmallCorpus corpus;
  for (int pair = 0; pair < pairs; ++pair) {
    const std::uint64_t words = 2 + random.below(5);
    for (std::uint64_t word = 0; word < words; ++word) {
      // About a hundred words: the second syllable is one of eight.
      std::string text = kSyllables[random.below(12)];
      text += kSyllables[random.below(8)];
      if (word > 0) corpus.source += ' ', corpus.target += ' ';
      corpus.source += text;
      std::reverse(text.begin(), text.end());
      corpus.target += text;
    }
    corpus.source += "\n";
    corpus.target += "\n";
  }
  return corpus;
}

/// Options of a run that takes a second, with its data in `folder` and its model in `folder`/`name`.
inline TrainingOptions small_run(const std::filesystem::path& folder, const std::string& name = "model") {
  const SmallCorpus train = small_corpus(600, 1), valid = small_corpus(20, 2);
  TrainingOptions options;
  options.model = (folder / name).string();
  options.train_sets = {write_lines(folder / "train.xa", train.source), write_lines(folder / "train.xb", train.target)};
  options.valid_sets = {write_lines(folder / "valid.xa", valid.source), write_lines(folder / "valid.xb", valid.target)};
  options.vocabulary = 330;
  options.task = "tiny";
  options.dim_emb = 32;
  options.dim_ffn = 64;
  options.enc_depth = options.dec_depth = 1;
  options.mini_batch_words = 300;
  options.maxi_batch = 5;
  options.learn_rate = 0.003;
  options.lr_warmup = "10u";
  options.after = "30u";
  options.valid_freq = options.save_freq = "0";
  options.disp_freq = "10u";
  options.valid_metrics = {"ce-mean-words"};
  options.threads = 1;
  return options;
}

/// train.xa, train.xb, valid.xa, valid.xb.
inline void write_small_corpora(const std::filesystem::path& folder) {
  const SmallCorpus train = small_corpus(600, 1), valid = small_corpus(20, 2);
  write_lines(folder / "train.xa", train.source);
  write_lines(folder / "train.xb", train.target);
  write_lines(folder / "valid.xa", valid.source);
  write_lines(folder / "valid.xb", valid.target);
}

}  // namespace mynah::training
