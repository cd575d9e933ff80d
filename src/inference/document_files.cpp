#include "inference/document_files.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/interrupt.h"
#include "documents/format.h"
#include "documents/text_lines.h"
#include "inference/summarization.h"
#include "inference/summary_rendering.h"

namespace mynah::inference {
namespace {

using Status = FileOutcome::Status;

std::string without(std::string name, std::initializer_list<const char*> endings) {
  for (const std::string ending : endings) {
    if (name.size() > ending.size() && name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  }
  return name;
}

std::string summary_name(const std::string& document, bool json) {
  const std::string name = documents::uncompressed_name(document);
  if (json) return name + ".json";
  const bool is_html = without(name, {".html", ".htm", ".xhtml"}) != name;
  return is_html ? name + ".txt" : name;
}

/// A summary as files take it: one line of theirs, however many it has.
Generated as_line(const Summarized& summarized, const SummarizeOptions& options) {
  Generated line;
  line.text = rendered(summarized, options);
  line.read = summarized.read;
  for (const SummarySentence& sentence : summarized.summary) {
    line.parts.emplace_back().candidates.emplace_back().text = sentence.text;
  }
  line.parts.front().findings = findings_of(summarized);
  return line;
}

Origin origin_of(Origin::Kind kind, std::size_t job, const std::string& path) {
  Origin origin;
  origin.kind = kind;
  origin.job = job;
  origin.line_end = "\n";
  origin.lines = 1;
  origin.fingerprint = path == "-" ? "" : documents::fingerprint_of_text(path);
  origin.has_line = kind == Origin::Kind::line;
  return origin;
}

class Run {
 public:
  Run(const SummarizeOptions& options, const SummaryMakers& makers, const FilePlan& plan, OutputFiles& outputs)
      : options_(options), makers_(makers), plan_(plan), outputs_(outputs) {}

  /// Throws Interrupted; what else is wrong with a file becomes its outcome.
  void summarize(std::size_t job) {
    std::optional<Generated> line;
    Origin end;
    try {
      const std::string& path = plan_.jobs[job].input;
      Origin whole = origin_of(Origin::Kind::line, job, path);
      end = origin_of(Origin::Kind::end, job, path);
      if (is_written(job, whole)) return outputs_.expect(std::move(end));
      line = as_line(inference::summarize({open_document(path, options_)}, makers_, options_), options_);
      outputs_.expect(std::move(whole));
    } catch (const Interrupted&) {
      throw;
    } catch (const Error& error) {
      Origin failure;
      failure.kind = Origin::Kind::failure;
      failure.job = job;
      failure.message = error.what();
      return outputs_.expect(std::move(failure));
    }
    write(*std::move(line), std::move(end));
  }

  const Account& account() const { return account_; }

 private:
  /// Whether an earlier run came so far that only the file's name is missing.
  bool is_written(std::size_t job, const Origin& whole) const {
    const FileOutcome& outcome = outputs_.outcomes()[job];
    if (outcome.status != Status::begun || outcome.state.lines == 0) return false;
    if (outcome.state.fingerprint == whole.fingerprint) return true;
    throw Error(concat("cannot go on with ", plan_.jobs[job].output, ": ", plan_.jobs[job].input,
                       " is not what it was; --restart begins anew"));
  }

  void write(Generated line, Origin end) {
    const bool under_names = plan_.folder.empty() && plan_.jobs.size() > 1 && !options_.json;
    if (under_names) line.text.insert(0, concat(account_.lines > 0 ? "\n" : "", "==> ", plan_.jobs[end.job].name, " <==\n"));
    outputs_.give(line);
    account_.add(line);
    outputs_.expect(std::move(end));
  }

  const SummarizeOptions& options_;
  const SummaryMakers& makers_;
  const FilePlan& plan_;
  OutputFiles& outputs_;
  Account account_;
};

}  // namespace

FileKinds document_kinds(const SummarizeOptions& options) {
  return {{"txt", "text", "md", "markdown", "html", "htm", "xhtml"},
          [json = options.json](const std::string& name) { return summary_name(name, json); }};
}

Json settings_of(const SummarizeOptions& options, const std::string& model) {
  Json settings = {{"method", options.method}, {"style", options.length.style}, {"ratio", options.length.ratio},
                   {"title", options.title},   {"language", options.language},  {"format", options.format},
                   {"to", options.to},         {"sources", options.sources},    {"json", options.json}};
  if (!model.empty()) settings["model"] = model;
  if (options.length.sentences) settings["sentences"] = *options.length.sentences;
  if (options.length.words) settings["words"] = *options.length.words;
  return settings;
}

Rendering document_rendering() {
  return {[](const Generated& summary) { return summary.text; }, false};
}

PileFiles open_pile(const FilePlan& plan, const SummarizeOptions& options) {
  PileFiles pile{{}, plan.unreadable};
  for (const FileJob& job : plan.jobs) {
    if (interrupted()) throw Interrupted("interrupted while documents were being read");
    try {
      pile.documents.push_back(open_document(job.input, options));
      if (!pile.documents.back().paragraphs.empty()) continue;
      pile.documents.pop_back();
      pile.problems.push_back(concat("there is no text to summarize in ", job.name));
    } catch (const Error& error) {
      pile.problems.emplace_back(error.what());
    }
  }
  if (pile.documents.empty()) throw Error(pile.problems.front());
  return pile;
}

SummarizedFiles summarize_files(const SummarizeOptions& options, const SummaryMakers& makers, const FilePlan& plan,
                                OutputFiles& outputs, Progress& progress) {
  const Stopwatch watch;
  Run run(options, makers, plan, outputs);
  SummarizedFiles summarized;
  for (std::size_t job = 0; job < plan.jobs.size() && !summarized.interrupted; ++job) {
    const Status status = outputs.outcomes()[job].status;
    if (status == Status::done_before || status == Status::failed) continue;
    try {
      if (interrupted()) throw Interrupted("interrupted");
      run.summarize(job);
      if (plan.jobs.size() > 1) progress.update(outputs.position(), outputs.bytes(), plan.jobs[job].name);
    } catch (const Interrupted&) {
      summarized.interrupted = true;
    }
  }
  progress.finish();
  summarized.account = run.account();
  summarized.account.elapsed_seconds = watch.elapsed_seconds();
  return summarized;
}

}  // namespace mynah::inference
