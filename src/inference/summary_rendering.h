// How summaries are shown: as running text, as a list, with their sources, as JSON.
#pragma once
#include <string>

#include "inference/summarization.h"

namespace mynah::inference {

/// Sentences on one line with what the script puts between them, whatever it is.
std::string joined(const Summary& summary);

/// What is written for a summary, line ends included: one line; a line for each sentence with --style bullets; with --sources
/// each sentence and below it where it comes from; a JSON object on a line with --json.
std::string rendered(const Summarized& summarized, const SummarizeOptions& options);

}  // namespace mynah::inference
