#include "training/checkpoint.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "model/safetensors.h"

namespace mynah::training {
namespace {

namespace fs = std::filesystem;

constexpr int kVersion = 1;
constexpr const char* kIndex = "state.json";

/// Names in the index that stand for files of weights; anything else in the folder is not ours to remove.
bool is_ours(const std::string& name) {
  const bool known = name.starts_with("weights-") || name.starts_with("smoothed-") || name.starts_with("optimizer-");
  return known && name.find(".safetensors") != std::string::npos;
}

}  // namespace

bool CheckpointFolder::has_checkpoint() const { return fs::exists(folder_ / kIndex); }

Json CheckpointFolder::load_index() const {
  const fs::path path = folder_ / kIndex;
  Json index = read_json(path);
  const int version = index.is_object() ? index.value("version", 0) : 0;
  if (version != kVersion) {
    throw Error(concat("cannot go on from ", path.string(), ": expected a checkpoint of version ", kVersion, ", found ",
                       version == 0 ? "none" : std::to_string(version), "; was it written by another release?"));
  }
  for (const char* part : {"weights", "optimizer", "recent", "state"}) {
    if (!index.contains(part)) throw Error(concat("cannot go on from ", path.string(), ": \"", part, "\" is missing in it"));
  }
  return index;
}

Json CheckpointFolder::load_state() const { return load_index().at("state"); }

Checkpoint CheckpointFolder::load() const {
  const Json index = load_index();
  const auto read = [&](const char* part) { return model::read_safetensors(folder_ / index.at(part).get<std::string>()); };
  return {.weights = read("weights"),
          .smoothed = {},
          .optimizer = read("optimizer"),
          .state = std::make_shared<const Json>(index.at("state"))};
}

std::vector<fs::path> CheckpointFolder::recent_weights() const {
  std::vector<fs::path> paths;
  const Json index = load_index();
  for (const Json& name : index.at("recent")) paths.push_back(folder_ / name.get<std::string>());
  return paths;
}

void CheckpointFolder::save(const Checkpoint& checkpoint, std::int64_t update, const Recent& recent) {
  make_folder(folder_);
  const std::string ending = concat("-", update, ".safetensors");
  Json index = {{"version", kVersion}, {"weights", "weights" + ending}, {"optimizer", "optimizer" + ending}};
  const std::string smoothed = (checkpoint.smoothed.empty() ? "weights" : "smoothed") + ending;
  Json names = has_checkpoint() ? load_index().at("recent") : Json::array();
  const auto is_named = [&] { return std::find(names.begin(), names.end(), Json(smoothed)) != names.end(); };
  if (recent.joins && !is_named()) names.push_back(smoothed);
  while (names.size() > static_cast<std::size_t>(recent.kept)) names.erase(names.begin());
  index["recent"] = names;
  index["state"] = *checkpoint.state;

  model::write_safetensors(folder_ / ("weights" + ending), checkpoint.weights);
  if (!checkpoint.smoothed.empty() && is_named()) model::write_safetensors(folder_ / smoothed, checkpoint.smoothed);
  model::write_safetensors(folder_ / ("optimizer" + ending), checkpoint.optimizer);
  write_json(folder_ / kIndex, index);
  remove_all_but(index);
}

void CheckpointFolder::remove_all_but(const Json& index) const {
  std::set<std::string> named = {index.at("weights").get<std::string>(), index.at("optimizer").get<std::string>()};
  for (const Json& name : index.at("recent")) named.insert(name.get<std::string>());
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    std::error_code ignored;  // a file left behind takes room, no more
    if (is_ours(name) && !named.contains(name)) fs::remove(entry.path(), ignored);
  }
}

}  // namespace mynah::training
