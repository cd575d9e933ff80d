// Sentences in, hypotheses out: rows of a StepModel kept busy with beam search, greedy search or sampling.
#pragma once
#include <functional>
#include <optional>

#include "search/hypothesis.h"
#include "search/network.h"
#include "search/search_options.h"

namespace mynah::search {

/// Rows that one sentence takes at most: the beam, or the number of draws.
int rows_per_sentence(const SearchOptions& options);

/// Most ids a target can have, `</s>` included, for a source of so many ids.
int length_limit(const SearchOptions& options, std::size_t source_length);

/// Decodes sentences with a step model. Once half the rows are free they are refilled with waiting sentences between steps, or
/// all of them together where the model does not refill. `next` is asked for more work then (none at the moment: empty optional);
/// `done` gets every result, in order of finishing. Returns when all rows are finished and `next` gives none. Equal requests give equal results whatever stands
/// beside them, sampling included (each request draws from generators of its own: seed and key). The model has rows for any
/// one of them.
void decode(StepModel& model, const SearchOptions& options, const SpecialIds& ids,
            const std::function<std::optional<Request>()>& next, const std::function<void(Result)>& done);

}  // namespace mynah::search
