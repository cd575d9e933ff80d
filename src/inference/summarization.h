// What `summarize` does with its input, whatever that is: documents in, a summary of each or of all together out.
#pragma once
#include <string>
#include <vector>

#include "documents/document.h"
#include "inference/finding.h"
#include "inference/read_account.h"
#include "inference/summarize_options.h"
#include "inference/summarizer.h"

namespace mynah::inference {

/// A summary with all that is shown of it.
struct Summarized {
  std::string name;      // of the document; of the pile, its title
  std::string language;  // given or guessed
  std::string method;
  std::string to;                      // the language the summary was translated into; else empty
  std::vector<std::string> documents;  // names, for sources
  documents::SourceText source;        // what was read
  Summary summary;
  ReadAccount read;
  std::vector<std::string> notes;  // wishes that could not be met, repairs
};

/// Summarizes one document, or with --together all that are given. Throws Error when there is no text, or no sentence as short as
/// asked for; Interrupted.
Summarized summarize(std::vector<documents::Document> documents, const Summarizer& summarizer, const SummarizeOptions& options);

/// What a person should look at: wishes that could not be met, and what a summary says that is not in the text.
std::vector<Finding> findings_of(const Summarized& summarized);

/// The document at a path ("-": standard input), as --format says. Throws Error naming it.
documents::Document open_document(const std::string& path, const SummarizeOptions& options);

}  // namespace mynah::inference
