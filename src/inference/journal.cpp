#include "inference/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"

namespace mynah::inference {
namespace {

constexpr int kVersion = 1;
constexpr const char* kName = ".mynah-done.jsonl";

Json json_of(const DoneFile& done) {
  return {{"name", done.name},
          {"input", done.state.input},
          {"input_size", done.input_size},
          {"input_time", done.input_time},
          {"lines", done.state.lines},
          {"fingerprint", done.state.fingerprint},
          {"bytes", done.state.bytes},
          {"account", to_json(done.state.account)},
          {"worth_a_look", to_json(done.state.looks)}};
}

DoneFile done_file_from(const Json& json) {
  return {json.at("name"),
          json.at("input_size"),
          json.at("input_time"),
          {json.at("input"), json.at("lines"), json.at("fingerprint"), json.at("bytes"), true,
           account_from_json(json.at("account")), worth_a_look_from_json(json.at("worth_a_look"))}};
}

}  // namespace

Journal::Journal(const std::string& folder, const Json& settings, bool restart)
    : path_((std::filesystem::path(folder) / kName).string()) {
  if (!restart && std::filesystem::exists(path_)) read(settings);
  Json lines = {{"version", kVersion}, {"settings", settings}};
  std::string content = lines.dump() + "\n";
  for (const auto& [name, done] : done_) content += json_of(done).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  replace_file(path_, content);
  file_ = FileDescriptor(::open(path_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC), path_);
  if (!file_.open()) fail_with_errno("write", path_);
}

/// A line that is no JSON was cut off by a crash; the file it stood for is done again.
void Journal::read(const Json& settings) {
  LineReader reader(path_);
  std::string line;
  for (bool first = true; reader.next(line); first = false) {
    const Json json = Json::parse(line, nullptr, false);
    if (json.is_discarded() || !json.is_object()) continue;
    if (first) {
      check_settings(json.value("settings", Json::object()), settings, std::filesystem::path(path_).parent_path().string());
    } else {
      DoneFile done = done_file_from(json);
      done_.insert_or_assign(done.name, std::move(done));
    }
  }
}

const DoneFile* Journal::find(const std::string& name) const {
  const auto found = done_.find(name);
  return found == done_.end() ? nullptr : &found->second;
}

void Journal::add(const DoneFile& done) {
  file_.write(json_of(done).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace mynah::inference
