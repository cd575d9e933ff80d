// The lexical shortlist that `train` leaves with a translation model.
#pragma once
#include "base/log.h"
#include "base/progress.h"
#include "corpus/cache.h"
#include "model/shortlist.h"
#include "training/training_options.h"

namespace mynah::training {

/// Learnt from a prepared corpus: from all pairs, or every second, third … one where its longer sides have more than 30 million
/// ids, which are about a million pairs. A pair counts as often as the weight of its corpus says.
model::Shortlist learn_shortlist(const corpus::Cache& cache, const Vocabulary& vocabulary, int threads);

/// Learns one and keeps it in a model's folder, with a word about it.
void keep_shortlist(const corpus::Cache& cache, const Vocabulary& vocabulary, const TrainingOptions& options, const Log& log);

/// For --shortlist-only: makes that of options.model from options.train_sets, or, where these are what the checkpoint in its
/// folder was begun with, from what is prepared there. Throws Error where there is no model, or one that writes summaries, and
/// UsageError without text.
void make_shortlist(TrainingOptions options, const Log& log, Progress* progress);

}  // namespace mynah::training
