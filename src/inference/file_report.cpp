#include "inference/file_report.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace mynah::inference {
namespace {

using Status = FileOutcome::Status;

constexpr std::size_t kLooksSaid = 10;
constexpr std::size_t kReasonsSaid = 2;
constexpr std::size_t kOthersSaid = 3;
constexpr std::array<const char*, 5> kStatuses = {"waiting", "begun", "done", "done before", "failed"};  // as FileOutcome::Status

std::string plural(std::uint64_t count, const char* one, const char* many) { return concat(count, " ", count == 1 ? one : many); }

std::string rounded(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), value < 10 ? "%.1f" : "%.0f", value);
  return text.data();
}

std::uint64_t count(const RunReport& report, Status status) {
  return static_cast<std::uint64_t>(std::ranges::count(report.outcomes, status, &FileOutcome::status));
}

/// Of all lines that are in the outputs, those of earlier runs included.
Account total(const RunReport& report) {
  Account sum;
  for (const FileOutcome& outcome : report.outcomes) sum += outcome.state.account;
  return sum;
}

Json json_of(const FileJob& job, const FileOutcome& outcome) {
  Json json = {{"input", job.input},
               {"output", job.output},
               {"status", kStatuses.at(static_cast<std::size_t>(outcome.status))},
               {"lines", outcome.state.lines},
               {"account", to_json(outcome.state.account)},
               {"worth_a_look", to_json(outcome.state.looks)}};
  json["account"].erase("seconds");
  if (!outcome.message.empty()) json["message"] = outcome.message;
  return json;
}

void say_summary(const RunReport& report, const Log& log) {
  const Account& account = report.account;
  std::string files;
  if (report.jobs.size() > 1) {
    files = plural(report.jobs.size(), "file", "files");
    if (const std::uint64_t before = count(report, Status::done_before)) files += concat(" (", before, " done before)");
    files += ", ";
  }
  const double seconds = account.elapsed_seconds;
  log.info(concat(files, plural(account.lines, "line", "lines"), ", ", plural(account.sentences, "sentence", "sentences"), ", ",
                  plural(account.target_tokens, "target piece", "target pieces"), " in ", rounded(seconds), " s (",
                  rounded(static_cast<double>(account.target_tokens) / seconds), " pieces/s)"));
}

void say_documents(const RunReport& report, const Log& log) {
  if (report.jobs.size() == 1) {
    for (const Look& look : report.outcomes[0].state.looks.listed()) {
      for (const Finding& finding : look.findings) log.warning(finding.reason);
    }
    if (report.account.lines > 0) log.info(describe(report.account.read));
    return;
  }
  std::string files = plural(report.jobs.size(), "file", "files");
  if (const std::uint64_t before = count(report, Status::done_before)) files += concat(" (", before, " done before)");
  if (const std::uint64_t failed = count(report, Status::failed)) files += concat(" (", failed, " could not be summarized)");
  log.info(concat(files, "; ", describe(total(report).read), "; in ", rounded(report.account.elapsed_seconds), " s"));
}

void say_irregularities(const Account& sum, const Log& log) {
  if (sum.repaired_lines > 0) {
    log.warning(concat(plural(sum.repaired_lines, "line was", "lines were"), " repaired: ", describe(sum.repairs)));
  }
  if (sum.split_sentences > 0) {
    log.warning(concat(plural(sum.split_sentences, "sentence was", "sentences were"),
                       " over the model's limit (--max-source-length) and translated in parts"));
  }
  if (sum.retries > 0) {
    log.info(concat(plural(sum.retries, "doubtful sentence was", "doubtful sentences were"), " decoded again; ", sum.suspects,
                    sum.suspects == 1 ? " is" : " are", " still suspect"));
  }
  if (sum.unfinished > 0) {
    log.warning(concat(plural(sum.unfinished, "sentence", "sentences"),
                       " ended at the length limit (--max-length, --max-length-factor)"));
  }
}

/// The first reasons, and how many more there are.
std::string reasons(const Look& look) {
  std::string text;
  for (std::size_t i = 0; i < std::min(kReasonsSaid, look.findings.size()); ++i)
    text += (i == 0 ? "" : "; ") + look.findings[i].reason;
  return look.findings.size() > kReasonsSaid ? concat(text, "; …") : text;
}

void say_looks(const RunReport& report, const Log& log) {
  std::uint64_t found = 0, said = 0;
  for (const FileOutcome& outcome : report.outcomes) found += outcome.state.looks.total();
  if (found == 0) return;
  const char* what = report.documents ? (found == 1 ? " summary is" : " summaries are") : found == 1 ? " line is" : " lines are";
  log.warning(concat(found, what, " worth a look:"));
  for (std::size_t job = 0; job < report.jobs.size(); ++job) {
    for (const Look& look : report.outcomes[job].state.looks.listed()) {
      const std::string place = report.documents ? "" : concat(":", look.line);
      if (said++ < kLooksSaid) log.warning(concat("  ", report.jobs[job].name, place, ": ", reasons(look)));
    }
  }
  if (found > kLooksSaid) log.warning(concat("  and ", found - kLooksSaid, " more, which --report FILE lists"));
}

}  // namespace

std::string not_read(const std::vector<std::string>& others) {
  std::string names;
  for (std::size_t i = 0; i < std::min(kOthersSaid, others.size()); ++i) names += (i == 0 ? "" : ", ") + others[i];
  if (others.size() > kOthersSaid) names += ", …";
  return concat(plural(others.size(), "other file was", "other files were"), " not read: ", names, "; --include says which are");
}

std::uint64_t RunReport::failed() const { return count(*this, Status::failed) + problems.size(); }

std::uint64_t RunReport::suspects() const {
  std::uint64_t sum = 0;
  for (const FileOutcome& outcome : outcomes) sum += outcome.state.looks.suspects();
  return sum;
}

Json to_json(const RunReport& report) {
  Json files = Json::array();
  for (std::size_t job = 0; job < report.jobs.size(); ++job) files.push_back(json_of(report.jobs[job], report.outcomes[job]));
  const Account sum = total(report);
  Json account = to_json(sum);
  account.erase("seconds");
  const double seconds = report.account.elapsed_seconds;
  return {{"interrupted", report.interrupted},
          {"total", std::move(account)},
          {"this_run",
           {{"lines", report.account.lines},
            {"target_tokens", report.account.target_tokens},
            {"seconds", seconds},
            {"target_tokens_per_second", static_cast<double>(report.account.target_tokens) / seconds}}},
          {"files", std::move(files)},
          {"problems", report.problems},
          {"others", report.others}};
}

void say(const RunReport& report, const Log& log) {
  report.documents ? say_documents(report, log) : say_summary(report, log);
  for (const std::string& problem : report.problems) log.warning(problem);
  for (const FileOutcome& outcome : report.outcomes) {
    if (outcome.status == Status::failed && report.jobs.size() > 1) log.warning(outcome.message);
  }
  say_irregularities(total(report), log);
  if (!report.documents || report.jobs.size() > 1) say_looks(report, log);
  if (!report.others.empty()) log.info(not_read(report.others) + ", --copy-others copies them");
}

}  // namespace mynah::inference
