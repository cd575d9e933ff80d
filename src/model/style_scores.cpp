#include "model/style_scores.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/json.h"

namespace mynah::model {
namespace {

constexpr const char* kFile = "style_scores.json";

}  // namespace

std::vector<StyleScore> read_style_scores(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / kFile;
  std::vector<StyleScore> scores;
  if (!std::filesystem::exists(path)) return scores;
  const Json json = read_json(path);
  const auto fail = [&](const Json& found) {
    throw Error(concat(path.string(),
                       ": expected {\"STYLE\": {\"written\": ROUGE-2, \"chosen\": ROUGE-2, \"documents\": N}}, found ",
                       found.dump()));
  };
  if (!json.is_object()) fail(json);
  for (const auto& [style, score] : json.items()) {
    if (!score.is_object()) fail(score);
    for (const char* key : {"written", "chosen", "documents"}) {
      if (!score.contains(key) || !score.at(key).is_number()) fail(score);
    }
    if (!score.at("documents").is_number_unsigned()) fail(score);
    scores.push_back({style, score.at("written"), score.at("chosen"), score.at("documents")});
  }
  return scores;
}

void write_style_scores(const std::filesystem::path& folder, const std::vector<StyleScore>& scores) {
  Json json = Json::object();
  for (const StyleScore& score : scores) {
    json[score.style] = {{"written", score.written}, {"chosen", score.chosen}, {"documents", score.documents}};
  }
  write_json(folder / kFile, json);
}

}  // namespace mynah::model
