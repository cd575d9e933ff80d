// The documents of many files, one after the other, each summary into the file where it belongs.
#pragma once
#include "base/progress.h"
#include "inference/output_files.h"
#include "inference/summarize_options.h"
#include "inference/summary_translation.h"

namespace mynah::inference {

/// Documents that are read in folders (text, Markdown, HTML), and what their summaries are called: as they are, but plain text
/// is named so ("page.html.txt"), and with --json every one ("report.txt.json").
FileKinds document_kinds(const SummarizeOptions& options);

/// What the text of summaries depends on, but for the files; `model` is its fingerprint, empty without one.
Json settings_of(const SummarizeOptions& options, const std::string& model);

/// How summaries are written: as they are.
Rendering document_rendering();

/// The documents of a pile, and what is wrong with the files that could not be read.
struct PileFiles {
  std::vector<documents::Document> documents;
  std::vector<std::string> problems;
};

/// Throws Error, the first problem, where there is no text in any.
PileFiles open_pile(const FilePlan& plan, const SummarizeOptions& options);

struct SummarizedFiles {
  Account account;
  bool interrupted = false;
};

/// Summarizes each file that `outputs` still wants. On standard output several stand under their names. A file that fails is one
/// of the outcomes and does not keep the others.
SummarizedFiles summarize_files(const SummarizeOptions& options, const SummaryMakers& makers, const FilePlan& plan,
                                OutputFiles& outputs, Progress& progress);

}  // namespace mynah::inference
