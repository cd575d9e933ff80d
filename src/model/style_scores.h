// What a model of summaries keeps about its styles, style_scores.json: whether it writes each better than sentences chosen from
// the text would serve for it.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace mynah::model {

/// ROUGE-2 (F, in percent) of one style on the validation text.
struct StyleScore {
  std::string style;
  double written = 0, chosen = 0;  // by the network; sentences of the text
  int documents = 0;
};

/// What the folder keeps; nothing where it keeps none. Throws Error naming the file where it is damaged.
std::vector<StyleScore> read_style_scores(const std::filesystem::path& folder);

void write_style_scores(const std::filesystem::path& folder, const std::vector<StyleScore>& scores);

}  // namespace mynah::model
