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
#include "inference/extractive_summarizer.h"
#include "inference/summarization.h"
#include "inference/summary_rendering.h"
#include "inference/summary_scoring.h"

namespace mynah {
namespace {

using inference::SummarizeOptions;
using inference::Summarizer;

constexpr int kSomeFailed = 3;

cli::Program program() {
  return {.name = "summarize",
          .summary = "Summarizes documents in whole sentences, each by itself or all together.",
          .description =
              "Reads plain text, Markdown and HTML, compressed or not; without FILE, standard input.\n"
              "A summary is never longer than the text, and no sentence is cut: where a wish cannot be met, that is said.",
          .examples = {{"summarize report.txt", "three sentences"},
                       {"summarize --words 80 < mail.txt", "60 to 80 words"},
                       {"summarize --style bullets --sources page.html", "a list, with where each sentence stands"},
                       {"summarize --together --title 'Sea ice' a.txt b.md c.html", "one summary of a pile of articles"},
                       {"summarize --score test.jsonl --sentences 3", "ROUGE against references"}},
          .positional = "FILE…",
          .build_info = {}};
}

/// One summary of all files.
int summarize_together(const SummarizeOptions& options, const Summarizer& summarizer, OutputFile& output, const Log& log) {
  std::vector<documents::Document> pile;
  for (const std::string& path : options.files) pile.push_back(inference::open_document(path, options));
  const inference::Summarized summarized = summarize(std::move(pile), summarizer, options);
  output.write(rendered(summarized, options));
  for (const std::string& note : summarized.notes) log.warning(note);
  log.info(account_of(summarized));
  return 0;
}

/// A summary of each file; where there are several, each under its name. One that fails is named and does not keep the others.
int summarize_each(const SummarizeOptions& options, const Summarizer& summarizer, OutputFile& output, const Log& log) {
  const bool several = options.files.size() > 1;
  std::size_t failed = 0, written = 0;
  for (const std::string& path : options.files) {
    if (interrupted()) throw Interrupted(concat("interrupted after ", written + failed, " files"));
    const std::string name = several ? path + ": " : "";
    try {
      const inference::Summarized summarized = summarize({inference::open_document(path, options)}, summarizer, options);
      if (several && !options.json) output.write(concat(written > 0 ? "\n" : "", "==> ", path, " <==\n"));
      output.write(rendered(summarized, options));
      for (const std::string& note : summarized.notes) log.warning(name + note);
      log.info(name + account_of(summarized));
      ++written;
    } catch (const BrokenPipe&) {
      throw;
    } catch (const Error& error) {
      if (!several) throw;
      log.warning(error.what());
      ++failed;
    }
  }
  if (failed > 0) log.warning(concat(failed, " of ", options.files.size(), " files could not be summarized"));
  return failed > 0 ? kSomeFailed : 0;
}

int score(const SummarizeOptions& options, const Summarizer& summarizer) {
  std::optional<OutputFile> output;
  if (!options.output.empty()) output.emplace(options.output);
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
  options.files = line.words;
  validate(options);
  catch_interrupts();
  const Log log = cli::standard_log(options.quiet);
  const inference::ExtractiveSummarizer summarizer(options.method == "lead");
  if (!options.extractive && options.summaries.empty()) {
    log.info("no model for summaries is known yet: sentences are chosen from the text, as with --extractive");
  }
  if (!options.score.empty()) return score(options, summarizer);
  if (options.files.empty()) {
    if (isatty(STDIN_FILENO) == 1) log.info("reading from the terminal; Ctrl-D ends the text");
    options.files.emplace_back("-");
  }
  OutputFile output(options.output.empty() ? "-" : options.output);
  const int code = (options.together ? summarize_together : summarize_each)(options, summarizer, output, log);
  output.commit();
  return code;
}

}  // namespace
}  // namespace mynah

int main(int argc, char** argv) {
  return mynah::cli::run("summarize", [&] { return mynah::summarize(argc, argv); });
}
