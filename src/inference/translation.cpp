#include "inference/translation.h"

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/json.h"
#include "inference/rendering.h"

namespace mynah::inference {
namespace {

std::vector<std::string> read_lines(const std::string& path) {
  std::vector<std::string> lines;
  LineReader reader(path);
  for (std::string line; reader.next(line);) lines.push_back(line);
  return lines;
}

std::string plural(std::uint64_t count, const char* one, const char* many) { return concat(count, " ", count == 1 ? one : many); }

[[noreturn]] void unequal(std::uint64_t lines, const std::string& references, std::uint64_t found) {
  throw Error(concat("--score expects one reference for each line of the input: it has ", plural(lines, "line", "lines"), ", ",
                     references, " has ", found));
}

std::string rounded(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), value < 10 ? "%.1f" : "%.0f", value);
  return text.data();
}

}  // namespace

void settle(TranslateOptions& options, const model::Generation& generation, const std::function<bool(std::string_view)>& given) {
  search::SearchOptions& search = options.generation.search;
  if (!given("beam-size")) search.beam = generation.beam;
  if (!given("normalize")) search.length_penalty = generation.length_penalty;
  if (!given("max-length")) search.max_length = generation.max_length;
  if (options.n_best) search.n_best = search.beam;
}

void translate_one_by_one(const TextGenerator& generator, const TranslateOptions& options, LineSource& source,
                          OutputFile& output) {
  while (const std::optional<std::string> line = source.next()) {
    Generated generated = generator.generate_line(*line);
    generated.line = source.given() - 1;
    output.write(rendered(generated, options));
    if (interrupted()) throw Interrupted(concat("interrupted after ", plural(source.given(), "line", "lines")));
  }
}

Translated translate_all(const TextGenerator& generator, const TranslateOptions& options, LineSource& source, OutputFile& output,
                         Progress& progress) {
  if (!options.score.empty()) LineReader{options.score};  // where it is missing, that is said before the work
  const std::uint64_t total = options.quiet || options.input.empty() ? 0 : count_lines(options.input);
  Translated translated;
  translated.account = generator.generate([&] { return source.next(); },
                                          [&](const Generated& line) {
                                            output.write(rendered(line, options));
                                            if (!options.score.empty()) translated.lines.push_back(line.text);
                                            progress.update(line.line + 1, total, {});
                                          },
                                          interrupted);
  progress.finish();
  if (interrupted()) throw Interrupted(concat("interrupted after ", plural(translated.account.lines, "line", "lines")));
  return translated;
}

void score_pairs(const TextGenerator& generator, const TranslateOptions& options, LineSource& source, OutputFile& output) {
  const auto chunk = static_cast<std::size_t>(options.generation.mini_batch * options.generation.maxi_batch);
  LineReader references(options.score);
  for (bool more = true; more;) {
    std::vector<std::string> sources, targets;
    while (more && sources.size() < chunk) {
      const std::optional<std::string> line = source.next();
      std::string target;
      more = references.next(target);
      if (line.has_value() != more) {
        while (source.next() || references.next(target)) continue;
        unequal(source.given(), options.score, references.line_number());
      }
      if (more) sources.push_back(*line), targets.push_back(target);
    }
    const std::vector<Part> scored = generator.score(sources, targets);
    const std::uint64_t first = source.given() - sources.size();
    for (std::size_t i = 0; i < scored.size(); ++i) output.write(rendered_score(first + i, scored[i], options));
    if (interrupted()) throw Interrupted(concat("interrupted after ", plural(source.given(), "line", "lines")));
  }
}

std::vector<metrics::Score> scores_of(const std::vector<std::string>& lines, const TranslateOptions& options,
                                      const std::string& target_language) {
  const std::vector<std::string> references = read_lines(options.score);
  if (lines.size() != references.size()) unequal(lines.size(), options.score, references.size());
  std::vector<metrics::Score> scores;
  for (const std::string& metric : options.metrics) {
    scores.push_back(metrics::score(metric, lines, references, {options.bleu_tokenizer, options.lowercase, target_language}));
  }
  return scores;
}

std::string rendered(const std::vector<metrics::Score>& scores, const TranslateOptions& options) {
  std::string text;
  Json json;
  for (const metrics::Score& score : scores) {
    text += metrics::report_line(score) + "\n";
    json[score.name] = {{"score", score.value}, {"signature", score.signature}, {"detail", score.detail}};
  }
  return options.json ? json.dump() + "\n" : text;
}

void report(const Account& account, const TranslateOptions& options, const Log& log) {
  const double seconds = account.elapsed_seconds;
  log.info(concat(plural(account.lines, "line", "lines"), ", ", plural(account.sentences, "sentence", "sentences"), ", ",
                  plural(account.target_tokens, "target piece", "target pieces"), " in ", rounded(seconds), " s (",
                  rounded(static_cast<double>(account.target_tokens) / seconds), " pieces/s)"));
  const auto warn = [&](std::uint64_t count, const char* one, const char* many, const std::string& what) {
    if (count > 0) log.warning(concat(plural(count, one, many), what));
  };
  warn(account.repaired_lines, "line was", "lines were", " no valid UTF-8: broken bytes were read as U+FFFD");
  warn(account.split_sentences, "sentence was", "sentences were",
       concat(" over --max-source-length ", options.generation.max_source_length, " and split"));
  warn(account.unfinished, "sentence", "sentences", " ended at the length limit (--max-length, --max-length-factor)");
}

}  // namespace mynah::inference
