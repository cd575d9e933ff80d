#include "training/score_board.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "metrics/metric.h"

namespace mynah::training {
namespace {

bool is_loss(const std::string& metric) { return metric == "ce-mean-words" || metric == "perplexity"; }

bool better(const std::string& metric, double score, double best) { return is_loss(metric) ? score < best : score > best; }

}  // namespace

void check_valid_metric(const std::string& name) {
  const std::vector<std::string> known = metrics::metric_names();
  if (is_loss(name) || std::find(known.begin(), known.end(), name) != known.end()) return;
  std::string names = "ce-mean-words, perplexity";
  for (const std::string& metric : known) names += ", " + metric;
  throw UsageError(concat("--valid-metrics: \"", name, "\" is unknown; there are ", names));
}

bool needs_translations(const std::string& metric) { return !is_loss(metric); }

ScoreBoard::ScoreBoard(std::vector<std::string> metrics, int patience, std::string stop_on)
    : patience_(patience), stop_on_(std::move(stop_on)) {
  for (std::string& metric : metrics) rows_.push_back({.metric = std::move(metric)});
}

std::vector<std::string> ScoreBoard::add(const Scores& scores) {
  std::vector<std::string> improved;
  for (Row& row : rows_) {
    const auto found = std::find_if(scores.begin(), scores.end(), [&](const auto& score) { return score.first == row.metric; });
    if (found == scores.end()) continue;
    if (row.scored && !better(row.metric, found->second, row.best)) {
      ++row.stalled;
      continue;
    }
    row.scored = true;
    row.best = found->second;
    row.stalled = 0;
    improved.push_back(row.metric);
  }
  return improved;
}

bool ScoreBoard::should_stop() const {
  if (patience_ == 0) return false;
  const auto stalls = [&](const Row& row) { return row.stalled >= patience_; };
  if (stop_on_ == "all") return std::all_of(rows_.begin(), rows_.end(), stalls);
  if (stop_on_ == "any") return std::any_of(rows_.begin(), rows_.end(), stalls);
  return stalls(rows_.front());
}

Scores ScoreBoard::best() const {
  Scores scores;
  for (const Row& row : rows_) {
    if (row.scored) scores.emplace_back(row.metric, row.best);
  }
  return scores;
}

Json ScoreBoard::to_json() const {
  Json json = Json::object();
  for (const Row& row : rows_) {
    if (row.scored) json[row.metric] = {{"best", row.best}, {"stalled", row.stalled}};
  }
  return json;
}

void ScoreBoard::restore(const Json& json) {
  for (Row& row : rows_) {
    if (!json.contains(row.metric)) continue;
    const Json& stored = json.at(row.metric);
    row.scored = true;
    row.best = stored.at("best").get<double>();
    row.stalled = stored.at("stalled").get<int>();
  }
}

}  // namespace mynah::training
