#include "inference/rendering.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/error.h"
#include "base/json.h"

namespace mynah::inference {
namespace {

/// A sentence's candidate behind a line's candidate so far, which has `source_pieces` of the source behind it.
Candidate appended(const Candidate& line, int source_pieces, const std::string& separator, const Candidate& sentence) {
  Candidate longer = line;
  longer.text += separator + sentence.text;
  longer.score += sentence.score;
  for (const auto& [source, target] : sentence.alignment) {
    longer.alignment.emplace_back(source + source_pieces, target + static_cast<int>(line.pieces.size()));
  }
  longer.pieces.insert(longer.pieces.end(), sentence.pieces.begin(), sentence.pieces.end());
  longer.piece_scores.insert(longer.piece_scores.end(), sentence.piece_scores.begin(), sentence.piece_scores.end());
  longer.complete = line.complete && sentence.complete;
  return longer;
}

double sum(const std::vector<float>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

std::string alignment_text(const Candidate& candidate) {
  std::string text;
  for (const auto& [source, target] : candidate.alignment) text += concat(text.empty() ? "" : " ", source, "-", target);
  return text;
}

std::string word_scores_text(const Candidate& candidate) {
  std::string text = "WordScores=";
  for (const float score : candidate.piece_scores) text += concat(" ", score);
  return text;
}

std::string extras(const Candidate& candidate, const TranslateOptions& options) {
  std::string text;
  if (options.generation.alignment) text += " ||| " + alignment_text(candidate);
  if (options.word_scores) text += " ||| " + word_scores_text(candidate);
  return text;
}

Json json_of(const Candidate& candidate, const TranslateOptions& options) {
  Json json = {{"text", candidate.text},
               {"score", candidate.score},
               {"complete", candidate.complete},
               {"pieces", candidate.pieces},
               {"log_probabilities", candidate.piece_scores}};
  if (options.generation.alignment) json["alignment"] = candidate.alignment;
  return json;
}

Json json_of(const std::vector<Finding>& findings) {
  Json json = Json::array();
  for (const auto& [kind, reason] : findings) json.push_back({{"kind", name_of(kind)}, {"reason", reason}});
  return json;
}

/// On one line; what is no UTF-8 cannot be there but must not break the line either.
std::string on_a_line(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

std::string rendered_json(const Generated& line, const TranslateOptions& options) {
  Json sentences = Json::array();
  for (const Part& part : line.parts) {
    Json candidates = Json::array();
    for (const Candidate& candidate : part.candidates) candidates.push_back(json_of(candidate, options));
    sentences.push_back({{"source", part.source}, {"source_pieces", part.source_pieces}, {"candidates", std::move(candidates)}});
    if (options.generation.guard) sentences.back().update({{"retried", part.retried}, {"findings", json_of(part.findings)}});
  }
  return on_a_line({{"line", line.line}, {"text", line.text}, {"sentences", std::move(sentences)}});
}

}  // namespace

std::vector<Candidate> line_candidates(const Generated& line, std::size_t count) {
  std::vector<Candidate> best(1);
  std::string separator;
  int source_pieces = 0;
  for (const Part& part : line.parts) {
    std::vector<Candidate> longer;
    for (const Candidate& begun : best) {
      for (const Candidate& sentence : part.candidates) longer.push_back(appended(begun, source_pieces, separator, sentence));
    }
    std::ranges::stable_sort(longer, std::ranges::greater(), &Candidate::score);
    if (longer.size() > count) longer.resize(count);
    best = std::move(longer);
    separator = part.separator;
    source_pieces += static_cast<int>(part.source_pieces.size());
  }
  return best;
}

std::string rendered(const Generated& line, const TranslateOptions& options) {
  if (options.json) return rendered_json(line, options);
  if (!options.n_best) {
    if (!options.generation.alignment && !options.word_scores) return line.text + "\n";
    return line.text + extras(line_candidates(line, 1).front(), options) + "\n";
  }
  std::string text;
  for (const Candidate& candidate : line_candidates(line, static_cast<std::size_t>(options.generation.search.beam))) {
    text += concat(line.line, " ||| ", candidate.text, extras(candidate, options), " ||| F0= ", sum(candidate.piece_scores),
                   " ||| ", candidate.score, "\n");
  }
  return text;
}

std::string rendered_score(std::uint64_t line, const Part& pair, const TranslateOptions& options) {
  const Candidate& target = pair.candidates.front();
  if (!options.json) return concat(target.score, extras(target, options), "\n");
  Json json = {{"line", line}, {"source", pair.source}};
  json.update(json_of(target, options));
  if (options.generation.guard) json["findings"] = json_of(pair.findings);
  return on_a_line(json);
}

}  // namespace mynah::inference
