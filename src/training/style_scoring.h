// How well a network writes each style of summary, beside sentences chosen from the text: `summarize` asks it for those alone
// that it writes better, unless told to.
#pragma once
#include <vector>

#include "base/log.h"
#include "corpus/pair_reader.h"
#include "model/model.h"
#include "model/style_scores.h"

namespace mynah::training {

/// Summarizes up to 200 documents of each of the model's styles as `summarize` would, and by choosing sentences. Documents begin
/// with their style, as >>headline<<. Styles without documents have no score. Throws Interrupted.
std::vector<model::StyleScore> score_styles(const model::Model& model, const std::vector<corpus::TextPair>& validation);

/// "headline 14.1 (sentences of the text: 9.3), …"
std::string described(const std::vector<model::StyleScore>& scores);

}  // namespace mynah::training
