#include "inference/run_conclusion.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "base/error.h"
#include "base/json.h"

namespace mynah::inference {
namespace {

/// What cannot be copied becomes a problem of the report.
void copy_others(const FilePlan& plan, RunReport& report) {
  for (const auto& [from, to] : plan.others) {
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path(to).parent_path(), error);
    std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing, error);
    if (error) report.problems.push_back(concat("cannot copy ", from, " to ", to, ": ", error.message()));
  }
}

std::string so_far(const Account& account) {
  const char* one = account.read.documents > 0 ? "document" : "line";
  return concat("interrupted after ", account.lines, " ", one, account.lines == 1 ? "" : "s");
}

}  // namespace

RunReport conclude(const FileOptions& options, const FilePlan& plan, OutputFiles& outputs, const Account& account,
                   bool interrupted) {
  RunReport report{plan.jobs, outputs.outcomes(), account, plan.unreadable, {}, interrupted};
  if (options.copy_others && !interrupted) {
    copy_others(plan, report);
  } else {
    for (const auto& [from, to] : plan.others) report.others.push_back(from);
  }
  const std::string way_on = interrupted ? outputs.suspend() : "";
  if (!options.report.empty()) write_json(options.report, to_json(report));
  if (interrupted) throw Interrupted(so_far(account) + way_on);
  if (plan.jobs.size() == 1 && report.outcomes[0].status == FileOutcome::Status::failed) throw Error(report.outcomes[0].message);
  return report;
}

int exit_code_of(const RunReport& report, const FileOptions& options) {
  constexpr int kSomeFailed = 3;
  return report.failed() > 0 || (options.strict && report.suspects() > 0) ? kSomeFailed : 0;
}

}  // namespace mynah::inference
