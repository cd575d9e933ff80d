// summarize: documents in, a summary of each or of all together out.
#include <unistd.h>

#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/json.h"
#include "cli/program.h"
#include "inference/document_files.h"
#include "inference/extractive_summarizer.h"
#include "inference/run_conclusion.h"
#include "inference/summarization.h"
#include "inference/summary_rendering.h"
#include "inference/summary_scoring.h"

namespace mynah {
namespace {

using inference::SummarizeOptions;
using inference::Summarizer;

cli::Program program() {
  return {
      .name = "summarize",
      .summary = "Summarizes documents in whole sentences, each by itself or all together.",
      .description =
          "Reads plain text, Markdown and HTML, compressed or not; without FILE, standard input.\n"
          "A summary is never longer than the text, and no sentence is cut: where a wish cannot be met, that is said.",
      .examples = {{"summarize report.txt", "three sentences"},
                   {"summarize --words 80 < mail.txt", "60 to 80 words"},
                   {"summarize papers/ --output summaries/", "each document of a folder; run again, it goes on where it stopped"},
                   {"summarize --style bullets --sources page.html", "a list, with where each sentence stands"},
                   {"summarize --together --title 'Sea ice' a.txt b.md c.html", "one summary of a pile of articles"},
                   {"summarize --score test.jsonl --sentences 3", "ROUGE against references"}},
      .positional = "FILE…",
      .build_info = {}};
}

/// One summary of all files.
int summarize_together(const SummarizeOptions& options, const Summarizer& summarizer, const inference::FilePlan& plan,
                       const Log& log) {
  OutputFile output(options.files.output.empty() ? "-" : options.files.output);
  std::vector<documents::Document> pile;
  for (const inference::FileJob& job : plan.jobs) pile.push_back(inference::open_document(job.input, options));
  const inference::Summarized summarized = summarize(std::move(pile), summarizer, options);
  output.write(rendered(summarized, options));
  output.commit();
  for (const std::string& note : summarized.notes) log.warning(note);
  log.info(describe(summarized.read));
  return 0;
}

/// A summary of each file.
int summarize_each(SummarizeOptions& options, const Summarizer& summarizer, const inference::FilePlan& plan, const Log& log) {
  if (plan.folder.empty()) options.files.restart = true;  // a single summary is made in one go
  const Json settings = settings_of(options, std::string(summarizer.name()));
  inference::OutputFiles outputs(plan, options.files, settings, inference::document_rendering());
  const auto progress = cli::standard_progress(options.quiet);
  const inference::SummarizedFiles summarized = summarize_files(options, summarizer, plan, outputs, *progress);
  inference::RunReport report = conclude(options.files, plan, outputs, summarized.account, summarized.interrupted);
  report.documents = true;
  say(report, log);
  return exit_code_of(report, options.files);
}

int score(const SummarizeOptions& options, const Summarizer& summarizer) {
  std::optional<OutputFile> output;
  if (!options.files.output.empty()) output.emplace(options.files.output);
  const auto progress = cli::standard_progress(options.quiet);
  const auto scores = inference::score_summaries(options, summarizer, *progress, [&](const std::string& summary) {
    if (output) output->write(Json{{"summary", summary}}.dump() + "\n");
  });
  if (output) output->commit();
  std::cout << rendered(scores, options);
  return 0;
}

int summarize(int argc, char** argv) {
  SummarizeOptions options;
  OptionList list;
  list_options(options, list);
  const cli::CommandLine line = cli::parse(program(), list, argc, argv);
  options.files.inputs = line.words;
  validate(options);
  catch_interrupts();
  const Log log = cli::standard_log(options.quiet);
  const inference::ExtractiveSummarizer summarizer(options.method == "lead");
  if (!options.extractive && options.summaries.empty()) {
    log.info("no model for summaries is known yet: sentences are chosen from the text, as with --extractive");
  }
  if (!options.score.empty()) return score(options, summarizer);
  if (options.files.inputs.empty() && isatty(STDIN_FILENO) == 1) log.info("reading from the terminal; Ctrl-D ends the text");
  inference::FileOptions inputs = options.files;
  if (options.together) inputs.output.clear();
  const inference::FilePlan plan = inference::plan_files(inputs, inference::document_kinds(options));
  return options.together ? summarize_together(options, summarizer, plan, log) : summarize_each(options, summarizer, plan, log);
}

}  // namespace
}  // namespace mynah

int main(int argc, char** argv) {
  return mynah::cli::run("summarize", [&] { return mynah::summarize(argc, argv); });
}
