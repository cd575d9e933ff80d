#include "training/shortlist_training.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/interrupt.h"
#include "model/model.h"
#include "model/shortlist_file.h"
#include "training/continuation.h"
#include "training/corpora.h"
#include "training/figures.h"
#include "training/hardware.h"
#include "training/lexicon.h"
#include "training/material.h"
#include "training/trial.h"

namespace mynah::training {
namespace {

namespace fs = std::filesystem;

/// Whether the text is the one that was prepared for the model's training.
bool is_prepared(const TrainingOptions& options) {
  const auto stored = stored_options(options.model);
  return stored && stored->at("train_sets").get<std::vector<std::string>>() == options.train_sets;
}

corpus::Cache prepared_in(const fs::path& folder, const TrainingOptions& options, const TokenizerPair& tokenizers, const Log& log,
                          Progress* progress) {
  if (options.train_sets.empty()) {
    throw UsageError(
        concat("--shortlist-only: the folder ", options.model, " has no text prepared for training: give --train-sets"));
  }
  corpus::CachePlan plan = corpus_plan(options, training_corpora(options, languages_for(options)));
  plan.hold_out = 0;
  plan.keep_text = false;
  corpus::Cache::build(folder, plan, tokenizers, log, progress);
  return corpus::Cache(folder);
}

}  // namespace

model::Shortlist learn_shortlist(const corpus::Cache& cache, const Vocabulary& vocabulary, int threads) {
  constexpr double kMostIds = 30e6;
  const double ids = cache.mean_length() * static_cast<double>(cache.size());
  const auto step = static_cast<std::uint64_t>(std::max(1.0, std::ceil(ids / kMostIds)));
  std::vector<WeightedPair> pairs;
  for (int corpus = 0; corpus < cache.corpora(); ++corpus) {
    for (std::uint64_t pair = cache.first(corpus); pair < cache.first(corpus + 1); pair += step) {
      pairs.push_back({cache.source(pair), cache.target(pair), cache.weight(corpus)});
    }
  }
  return make_shortlist(learn_lexicon(pairs, vocabulary.size(), {.threads = threads}), vocabulary, {});
}

void keep_shortlist(const corpus::Cache& cache, const Vocabulary& vocabulary, const TrainingOptions& options, const Log& log) {
  const fs::path path = fs::path(options.model) / model::kShortlistFile;
  const model::Shortlist shortlist =
      learn_shortlist(cache, vocabulary, options.threads == 0 ? available_cores() : options.threads);
  save_shortlist(shortlist, vocabulary, path);
  std::size_t listed = 0;
  for (TokenId piece = 0; piece < vocabulary.size(); ++piece) listed += shortlist.list(piece).size();
  log.info(concat("Lexical shortlist: ", shortlist.always().size(), " pieces for every sentence and ",
                  fixed(static_cast<double>(listed) / vocabulary.size(), 1), " for a source piece in the mean, ",
                  to_size(static_cast<double>(fs::file_size(path))), "; translate --shortlist on goes by it"));
}

void make_shortlist(TrainingOptions options, const Log& log, Progress* progress) {
  if (options.model.empty()) throw UsageError("--shortlist-only: expected the model as --model");
  if (!model::styles_of(options.model).empty()) {
    throw Error(concat("--shortlist-only: the model ", options.model, " writes summaries, and shortlists are for translation"));
  }
  catch_interrupts();
  const TokenizerPair tokenizers = open_tokenizers(options.model);
  if (is_prepared(options)) {
    return keep_shortlist(corpus::Cache(fs::path(options.model) / "checkpoint"), *tokenizers.vocabulary, options, log);
  }
  const ScratchFolder scratch(options.model, "shortlist");
  keep_shortlist(prepared_in(scratch.path(), options, tokenizers, log, progress), *tokenizers.vocabulary, options, log);
}

}  // namespace mynah::training
