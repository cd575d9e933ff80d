// How long a summary may be, from how long it was wished and what there is to summarize.
#pragma once
#include <string>
#include <vector>

#include "documents/extraction.h"
#include "inference/summarize_options.h"
#include "inference/summarizer.h"

namespace mynah::inference {

/// What the wish means for this source. Where only the style says how long a headline is, and no sentence is so short, a sentence
/// of any length will do.
documents::Limits limits_of(const LengthOptions& options, const documents::SourceText& source);

std::size_t words_of(const Summary& summary);

/// Why a summary is empty: every sentence is longer than the limit.
std::string no_sentence_fits(const LengthOptions& options, const documents::SourceText& source, const documents::Limits& limits);

/// What of the wish the summary could not meet, in sentences; `written` ones are a network's, not the text's.
std::vector<std::string> unmet_wishes(const LengthOptions& options, const documents::SourceText& source,
                                      const documents::Limits& limits, const Summary& summary, bool written = false);

}  // namespace mynah::inference
