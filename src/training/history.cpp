#include "training/history.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "plot/line_chart.h"

namespace mynah::training {
namespace {

using plot::LineChart;
using plot::Series;

void add_point(Series& series, const Json& line, double y) {
  series.x.push_back(line.at("updates").get<double>());
  series.y.push_back(y);
}

}  // namespace

History::History(const std::filesystem::path& folder, std::int64_t reported, std::int64_t validated)
    : folder_(folder), lines_(std::make_shared<Json>(Json::array())) {
  const std::filesystem::path path = folder_ / "history.jsonl";
  std::string kept;
  if (std::filesystem::exists(path)) {
    LineReader reader(path.string());
    for (std::string line; reader.next(line);) {
      const Json json = Json::parse(line, nullptr, false);
      if (!json.is_object()) continue;
      const std::int64_t known = json.contains("validation") ? validated : reported;
      if (json.value("updates", std::int64_t{0}) > known) continue;
      lines_->push_back(json);
      kept += line + "\n";
    }
  }
  write_file(path, kept);
}

void History::add(const Report& report) {
  Json line = to_json(report.standing);
  line["cross_entropy"] = report.cross_entropy;
  line["minimised"] = report.minimised;
  line["learn_rate"] = report.learn_rate;
  line["gradient_norm"] = report.gradient_norm;
  line["tokens_per_second"] = report.tokens_per_second;
  append(line);
}

void History::add(const Standing& standing, const Scores& scores) {
  Json line = to_json(standing);
  for (const auto& [metric, score] : scores) line["validation"][metric] = score;
  append(line);
}

void History::append(const Json& line) {
  const std::filesystem::path path = folder_ / "history.jsonl";
  std::ofstream file(path, std::ios::app);
  file << line.dump() << '\n' << std::flush;
  if (!file) throw Error(concat("cannot add a line to ", path.string(), ": ", std::strerror(errno)));
  lines_->push_back(line);
}

void History::draw() const {
  LineChart loss{"Cross-entropy per target token", "updates", "nats", {{"training", {}, {}}}};
  LineChart scores{"Validation", "updates", "", {}};
  LineChart rate{"Learning rate", "updates", "", {{"learning rate", {}, {}}}};
  std::map<std::string, Series> by_metric;
  for (const Json& line : *lines_) {
    if (line.contains("cross_entropy")) {
      add_point(loss.series[0], line, line.at("cross_entropy").get<double>());
      add_point(rate.series[0], line, line.at("learn_rate").get<double>());
    }
    if (!line.contains("validation")) continue;
    for (const auto& [metric, score] : line.at("validation").items()) {
      if (metric != "perplexity") add_point(by_metric[metric], line, score.get<double>());
    }
  }
  for (auto& [metric, series] : by_metric) {
    series.name = metric == "ce-mean-words" ? "validation" : metric;
    (metric == "ce-mean-words" ? loss : scores).series.push_back(std::move(series));
  }
  if (scores.series.size() == 1) scores.title += ": " + scores.series[0].name;
  std::vector<LineChart> charts = {loss, rate};
  if (!scores.series.empty()) charts.insert(charts.begin() + 1, scores);
  write_file(folder_ / "curves.svg", plot::to_svg(charts));
}

}  // namespace mynah::training
