// What stands beside a file that grows, so that an interrupted run is gone on with exactly: FILE.partial.json.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/json.h"
#include "inference/account.h"
#include "inference/worth_a_look.h"

namespace mynah::inference {

/// How far one file is.
struct ResumeState {
  std::string input;        // path
  std::uint64_t lines = 0;  // whole lines of the input that are in the output
  std::string fingerprint;  // of the text of those lines
  std::uint64_t bytes = 0;  // of the output that belong to them
  bool written = false;     // all lines are: only the name is missing
  Account account;
  WorthALook looks;
};

/// Where the state of an output is kept.
std::string state_path(const std::string& output);

/// Writes it whole or not at all. `settings` is what the text of the output depends on.
void write_state(const std::string& output, const ResumeState& state, const Json& settings);

/// Nothing when there is none, or the output's partial file is gone and not all was written. Throws Error naming the file when it
/// is damaged or of another version, or naming what changed when the settings were others.
std::optional<ResumeState> read_state(const std::string& output, const Json& settings);

/// Throws Error naming the first setting that is not what it was in `where`.
void check_settings(const Json& before, const Json& now, const std::string& where);

}  // namespace mynah::inference
