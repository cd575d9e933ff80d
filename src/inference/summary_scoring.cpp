#include "inference/summary_scoring.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/json.h"
#include "inference/line_source.h"
#include "inference/summarization.h"
#include "text/utf8.h"

namespace mynah::inference {
namespace {

/// Reads JSON lines, saying what is wrong with one and where.
class Rows {
 public:
  explicit Rows(const std::string& path) : reader_(path) {}

  bool next() {
    std::string line;
    if (!reader_.next(line)) return false;
    row_ = Json::parse(line, nullptr, false);
    if (!row_.is_object()) fail("expected a JSON object");
    return true;
  }

  std::string text(const char* key) const {
    if (!row_.contains(key) || !row_[key].is_string()) fail(concat("expected a text as \"", key, "\""));
    return row_[key];
  }

  std::vector<std::string> references() const {
    if (!row_.contains("references")) return {reference(text("summary"))};
    std::vector<std::string> texts;
    for (const Json& one : row_["references"]) {
      if (!one.is_string()) fail("expected texts as \"references\"");
      texts.push_back(reference(one));
    }
    if (texts.empty()) fail("expected at least one text in \"references\"");
    return texts;
  }

  std::uint64_t number() const { return reader_.line_number(); }
  const std::string& path() const { return reader_.path(); }

  [[noreturn]] void fail(const std::string& what) const { throw Error(concat(path(), ", line ", number(), ": ", what)); }

 private:
  std::string reference(const std::string& text) const {
    if (is_blank(text)) fail("a summary to compare with is empty");
    return text;
  }

  LineReader reader_;
  Json row_;
};

/// Sentences on lines, as ROUGE-Lsum takes them.
std::string summary_of(const Rows& row, const Summarizer& summarizer, const SummarizeOptions& options) {
  try {
    const documents::Document document = documents::parse_document(row.text("document"), "the document", documents::Format::text);
    std::string lines;
    for (const SummarySentence& sentence : summarize({document}, summarizer, options).summary) lines += sentence.text + "\n";
    return lines;
  } catch (const Error& error) {
    row.fail(error.what());
  }
}

void expect_as_many(Rows& summaries, Rows& references) {
  while (summaries.next()) continue;
  while (references.next()) continue;
  throw Error(concat("--summaries expects a line for each line of --score: ", summaries.path(), " has ", summaries.number(), ", ",
                     references.path(), " has ", references.number()));
}

}  // namespace

SummaryScores score_summaries(const SummarizeOptions& options, const Summarizer& summarizer, Progress& progress,
                              const std::function<void(const std::string& summary)>& written) {
  std::vector<std::string> summaries, texts;
  std::vector<std::vector<std::string>> references;
  Rows rows(options.score);
  std::optional<Rows> given;
  if (!options.summaries.empty()) given.emplace(options.summaries);
  const std::uint64_t total = options.quiet ? 0 : count_lines(options.score);
  for (;;) {
    const bool more = rows.next();
    if (given && given->next() != more) expect_as_many(*given, rows);
    if (!more) break;
    references.push_back(rows.references());
    summaries.push_back(given ? given->text("summary") : summary_of(rows, summarizer, options));
    texts.push_back(references.back().front());
    written(summaries.back());
    progress.update(rows.number(), total, {});
    if (interrupted()) throw Interrupted(concat("interrupted after ", rows.number(), " documents"));
  }
  progress.finish();
  if (references.empty())
    throw Error(concat("--score ", options.score, ": expected documents with summaries, a JSON object a line; it is empty"));
  const metrics::RougeTokens tokens =
      options.language.empty() ? metrics::rouge_tokens_of(texts) : metrics::rouge_tokens_for(options.language);
  return {metrics::rouge(summaries, references, tokens), tokens};
}

std::string rendered(const SummaryScores& scores, const SummarizeOptions& options) {
  const metrics::RougeReport& report = scores.report;
  const bool several = report.references > report.summaries;
  std::string text;
  Json json = {{"documents", report.summaries}, {"references", report.references}};
  const auto add = [&](const std::string& references, const std::array<double, 4>& values) {
    for (std::size_t metric = 0; metric < values.size(); ++metric) {
      const metrics::Score score{std::string(metrics::kRougeNames[metric]), values[metric],
                                 metrics::rouge_signature(references, scores.tokens), ""};
      text += metrics::report_line(score) + "\n";
      json["scores"].push_back({{"name", score.name}, {"score", score.value}, {"signature", score.signature}});
    }
  };
  add(several ? "best" : "1", report.best);
  if (several) add("mean", report.mean);
  return options.json ? json.dump() + "\n" : text;
}

}  // namespace mynah::inference
