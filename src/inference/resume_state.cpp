#include "inference/resume_state.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "base/growing_file.h"

namespace mynah::inference {
namespace {

constexpr int kVersion = 1;

std::string as_option(std::string key) {
  std::ranges::replace(key, '_', '-');
  return "--" + key;
}

std::string as_words(const Json& settings, const std::string& key) {
  return settings.contains(key) ? settings.at(key).dump() : "not given";
}

}  // namespace

std::string state_path(const std::string& output) { return GrowingFile::partial_path(output) + ".json"; }

void write_state(const std::string& output, const ResumeState& state, const Json& settings) {
  const Json json = {{"version", kVersion},
                     {"settings", settings},
                     {"input", state.input},
                     {"lines", state.lines},
                     {"fingerprint", state.fingerprint},
                     {"bytes", state.bytes},
                     {"written", state.written},
                     {"account", to_json(state.account)},
                     {"worth_a_look", to_json(state.looks)}};
  replace_file(state_path(output), json.dump(1, ' ', false, Json::error_handler_t::replace));
}

std::optional<ResumeState> read_state(const std::string& output, const Json& settings) {
  const std::string path = state_path(output);
  if (!std::filesystem::exists(path)) return std::nullopt;
  const Json json = read_json(path);
  if (!json.is_object() || json.value("version", 0) != kVersion) {
    throw Error(concat("cannot go on with ", GrowingFile::partial_path(output), ": ", path,
                       " is not of this version; --restart begins anew"));
  }
  check_settings(json.at("settings"), settings, GrowingFile::partial_path(output));
  try {
    ResumeState state{json.at("input"),
                      json.at("lines"),
                      json.at("fingerprint"),
                      json.at("bytes"),
                      json.at("written"),
                      account_from_json(json.at("account")),
                      worth_a_look_from_json(json.at("worth_a_look"))};
    const std::string partial = GrowingFile::partial_path(output);
    if (state.written) return state;
    if (!std::filesystem::exists(partial)) return std::nullopt;
    if (std::filesystem::file_size(partial) >= state.bytes) return state;
    throw Error(concat("cannot go on with ", partial, ": it is shorter than ", path, " says; --restart begins anew"));
  } catch (const Json::exception&) {
    throw Error(
        concat("cannot go on with ", GrowingFile::partial_path(output), ": ", path, " is damaged; --restart begins anew"));
  }
}

void check_settings(const Json& before, const Json& now, const std::string& where) {
  const auto differs = [&](const std::string& key) { return as_words(before, key) != as_words(now, key); };
  std::string changed;
  for (const Json* settings : {&now, &before}) {
    for (const auto& [key, value] : settings->items()) {
      if (changed.empty() && differs(key)) changed = key;
    }
  }
  if (changed.empty()) return;
  throw Error(concat("cannot go on with ", where, ": ",
                     changed == "model" ? std::string("it was begun with another model")
                                        : concat(as_option(changed), " was ", as_words(before, changed), " and is ",
                                                 as_words(now, changed), " now"),
                     "; give what was given then, or --restart to begin anew"));
}

}  // namespace mynah::inference
