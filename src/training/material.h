// Everything training needs before the first update: tokenizers, the prepared corpus, the validation text.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "base/log.h"
#include "base/progress.h"
#include "corpus/cache.h"
#include "model/model.h"
#include "training/training_options.h"

namespace mynah::training {

struct Material {
  model::Languages languages;
  TokenizerPair tokenizers;
  std::shared_ptr<const corpus::Cache> cache;
  std::vector<corpus::TextPair> validation;
};

/// What the options say about preparing these corpora.
corpus::CachePlan corpus_plan(const TrainingOptions& options, const std::vector<corpus::Source>& corpora);

/// Makes it: tokenizers given, taken from `base` (the model to fine-tune) or trained; the corpus prepared into the model's
/// `checkpoint` folder; tokenizers stored in the model's folder.
Material prepare(const TrainingOptions& options, const std::optional<model::Model>& base, const Log& log, Progress* progress);

/// Opens what prepare() left, to go on with it.
Material reopen(const TrainingOptions& options, const Log& log);

/// Counts of pairs read, kept, held out and left out by reason, for training.json.
Json account_to_json(const corpus::CacheAccount& account);

}  // namespace mynah::training
