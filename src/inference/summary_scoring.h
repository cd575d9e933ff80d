// Documents with references, and how near summaries come to them.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "documents/document.h"
#include "inference/summarize_options.h"
#include "inference/summarizer.h"
#include "metrics/rouge.h"

namespace mynah::inference {

/// ROUGE of summaries, and what it was computed with.
struct SummaryScores {
  metrics::RougeReport report;
  metrics::RougeTokens tokens = metrics::RougeTokens::words;
};

/// Reads --score: objects with "document" and "summary" (a text) or "references" (texts), summarizes each document, and scores;
/// or scores --summaries, objects with "summary". Each summary, its sentences on lines, goes to `written` too. Throws Error
/// naming file and line for what is no such object, Interrupted when the user had enough.
SummaryScores score_summaries(const SummarizeOptions& options, const Summarizer& summarizer, Progress& progress,
                              const std::function<void(const std::string& summary)>& written);

/// A line for each metric, "ROUGE-1|nrefs:1|… = 39.52"; where there are several references, for the best one and for their mean.
/// With --json one object.
std::string rendered(const SummaryScores& scores, const SummarizeOptions& options);

}  // namespace mynah::inference
