// Scores of the validation text: by loss, and by translating it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/log.h"
#include "corpus/pair_reader.h"
#include "model/model.h"
#include "training/replicas.h"
#include "training/score_board.h"
#include "training/training_options.h"

namespace mynah::training {

class Validation {
 public:
  /// Pairs with more than max_length pieces on a side, or nothing on one, count for translation metrics only.
  Validation(const std::vector<corpus::TextPair>& pairs, const TokenizerPair& tokenizers, const model::Languages& languages,
             const TrainingOptions& options, const Log& log);

  /// Scores the network as its weights are now, without dropout; nothing when a signal came in meanwhile.
  std::optional<Scores> run(Replicas& replicas) const;

 private:
  std::optional<std::vector<std::string>> translate(Replicas& replicas) const;

  std::vector<std::string> sources_, references_;
  std::vector<corpus::Batch> batches_;
  TokenizerPair tokenizers_;
  model::Languages languages_;
  std::vector<std::string> metrics_;
  int beam_, max_length_;
};

}  // namespace mynah::training
