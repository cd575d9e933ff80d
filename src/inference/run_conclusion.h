// How a run over files ends, whichever program made it.
#pragma once
#include "inference/file_report.h"

namespace mynah::inference {

/// Makes the copies of --copy-others, writes --report, and gives what is left to be said. Throws Interrupted with a word on how
/// to go on, Error where the only file failed.
RunReport conclude(const FileOptions& options, const FilePlan& plan, OutputFiles& outputs, const Account& account,
                   bool interrupted);

/// 0, or 3 where files failed, or with --strict something is suspect.
int exit_code_of(const RunReport& report, const FileOptions& options);

}  // namespace mynah::inference
