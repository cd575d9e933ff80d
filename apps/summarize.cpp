// summarize: documents in, a summary of each or of all together out.
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/json.h"
#include "cli/program.h"
#include "engine/open_network.h"
#include "inference/document_files.h"
#include "inference/extractive_summarizer.h"
#include "inference/learned_summarizer.h"
#include "inference/model_finder.h"
#include "inference/run_conclusion.h"
#include "inference/summarization.h"
#include "inference/summary_rendering.h"
#include "inference/summary_scoring.h"
#include "inference/summary_translation.h"

namespace mynah {
namespace {

using inference::SummarizeOptions;
using inference::Summarizer;
using inference::SummaryMakers;

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
                   {"summarize --to de report.txt", "summarized, then translated"},
                   {"summarize --style bullets --sources page.html", "a list, with where each sentence stands"},
                   {"summarize --together --title 'Sea ice' a.txt b.md c.html", "one summary of a pile of articles"},
                   {"summarize --score test.jsonl --sentences 3", "ROUGE against references"}},
      .positional = "FILE…",
      .build_info = engine::build_info};
}

/// One summary of all files.
int summarize_together(const SummarizeOptions& options, const SummaryMakers& makers, const inference::FilePlan& plan,
                       const Log& log) {
  for (const inference::FileJob& job : plan.jobs) inference::expect_apart(options.files.output, "--output", {job.input});
  OutputFile output(options.files.output.empty() ? "-" : options.files.output);
  inference::PileFiles pile = inference::open_pile(plan, options);
  const inference::Summarized summarized = summarize(std::move(pile.documents), makers, options);
  output.write(rendered(summarized, options));
  output.commit();
  for (const std::string& problem : pile.problems) log.warning(problem);
  for (const inference::Finding& finding : findings_of(summarized)) log.warning(finding.reason);
  log.info(describe(summarized.read));
  std::vector<std::string> others;
  for (const auto& [path, copy] : plan.others) others.push_back(path);
  if (!others.empty()) log.info(inference::not_read(others));
  constexpr int kSomeFailed = 3;
  return pile.problems.empty() ? 0 : kSomeFailed;
}

/// A summary of each file.
int summarize_each(SummarizeOptions& options, const SummaryMakers& makers, const inference::FilePlan& plan,
                   const std::string& model, const Log& log) {
  if (plan.folder.empty()) options.files.restart = true;  // a single summary is made in one go
  inference::OutputFiles outputs(plan, options.files, settings_of(options, model), inference::document_rendering());
  const auto progress = cli::standard_progress(options.quiet);
  const inference::SummarizedFiles summarized = summarize_files(options, makers, plan, outputs, *progress);
  inference::RunReport report = conclude(options.files, plan, outputs, summarized.account, summarized.interrupted);
  report.documents = true;
  say(report, log);
  return exit_code_of(report, options.files);
}

int score(const SummarizeOptions& options, const Summarizer& summarizer) {
  inference::expect_apart(options.files.output, "--output", {options.score});
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

/// Where the model is that writes the summaries; empty where sentences are to be chosen.
std::filesystem::path find_model(const SummarizeOptions& options, const cli::CommandLine& line, const Log& log) {
  if (options.extractive || line.has("method") || !options.summaries.empty()) return {};
  if (!options.model.empty()) return options.model;
  const auto found = inference::choose_summary_model(inference::list_models(inference::model_roots()), options.language);
  if (!found) {
    log.info("no model for summaries was found: sentences are chosen from the text, as with --extractive");
    return {};
  }
  const std::string style = inference::nearest_style(options.length.style, found->styles);
  const std::string why_not = inference::objection(found->folder, style);
  if (why_not.empty()) return found->folder;
  log.info(concat(why_not, ": sentences are chosen; --model ", found->folder.string(), " has it write one"));
  return {};
}

std::shared_ptr<const search::Network> open_network(const model::Model& model, const SummarizeOptions& options) {
  return engine::open_network(
      model,
      {.device = options.device, .engine = options.engine, .precision = options.precision, .cpu_features = options.cpu_features});
}

std::unique_ptr<Summarizer> open_summarizer(const std::filesystem::path& folder, const SummarizeOptions& options,
                                            const cli::CommandLine& line, Progress* progress) {
  if (folder.empty()) return std::make_unique<inference::ExtractiveSummarizer>(options.method == "lead");
  inference::expect_summarizes(folder);
  const model::Model model = model::open_model(folder);
  inference::LearnedOptions learned{.language = model.languages.source,
                                    .styles = model.styles,
                                    .style = options.length.style,
                                    .sums_up_parts = inference::objection(folder, inference::kPartStyle).empty(),
                                    .generation = options.generation,
                                    .progress = progress};
  settle(learned.generation, model, [&](std::string_view option) { return line.has(option); });
  return std::make_unique<inference::LearnedSummarizer>(open_network(model, options), model.tokenizers, std::move(learned));
}

inference::OpenTranslation translations(const SummarizeOptions& options) {
  return [&options](const std::string& from) {
    std::filesystem::path folder = options.translation_model;
    if (folder.empty()) {
      folder = inference::choose_model(inference::list_models(inference::model_roots()), from, options.to, "").folder;
    }
    inference::expect_translates(folder, from, options.to);
    const model::Model model = model::open_model(folder);
    inference::GenerationOptions generation;
    generation.guard = true;
    settle(generation, model, [](std::string_view) { return false; });
    return std::make_unique<inference::TextGenerator>(open_network(model, options), model.tokenizers, model.languages.source,
                                                      model.languages.target, generation);
  };
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
  const std::filesystem::path model = find_model(options, line, log);
  inference::FileOptions inputs = options.files;
  if (options.together || !options.score.empty()) inputs.output.clear();
  const inference::FilePlan plan = inference::plan_files(inputs, inference::document_kinds(options));
  const auto windows = cli::standard_progress(options.quiet);
  const bool one_text = options.score.empty() && (options.together || plan.jobs.size() == 1);
  const auto summarizer = open_summarizer(model, options, line, one_text ? windows.get() : nullptr);
  if (!options.score.empty()) return score(options, *summarizer);
  std::optional<inference::SummaryTranslation> translation;
  if (!options.to.empty()) translation.emplace(options.to, translations(options));
  const SummaryMakers makers{*summarizer, translation ? &*translation : nullptr};
  if (inputs.inputs.empty() && isatty(STDIN_FILENO) == 1) log.info("reading from the terminal; Ctrl-D ends the text");
  if (options.together) return summarize_together(options, makers, plan, log);
  return summarize_each(options, makers, plan, model.empty() ? "" : inference::fingerprint_of(model), log);
}

}  // namespace
}  // namespace mynah

int main(int argc, char** argv) {
  const int code = mynah::cli::run("summarize", [&] { return mynah::summarize(argc, argv); });
  std::cout.flush();
  std::fflush(nullptr);
  _exit(code);  // LibTorch takes a tenth of a second to take itself down
}
