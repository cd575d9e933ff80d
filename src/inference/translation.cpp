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

std::string input_path(const TranslateOptions& options) { return options.input.empty() ? "-" : options.input; }

NextLine lines_of(LineReader& reader) {
  return [&reader]() -> std::optional<std::string> {
    std::string line;
    if (!reader.next(line)) return std::nullopt;
    return line;
  };
}

/// Lines of a file; 0 where they cannot be counted beforehand (standard input).
std::uint64_t count_lines(const std::string& path) {
  if (path == "-") return 0;
  LineReader reader(path);
  std::string line;
  while (reader.next(line)) {
  }
  return reader.line_number();
}

std::vector<std::string> read_lines(const std::string& path) {
  std::vector<std::string> lines;
  LineReader reader(path);
  for (std::string line; reader.next(line);) lines.push_back(line);
  return lines;
}

[[noreturn]] void unequal(const std::string& input, std::uint64_t lines, const std::string& references, std::uint64_t found) {
  throw Error(concat("--score expects one reference for each line: ", input == "-" ? "standard input" : input, " has ", lines,
                     " lines, ", references, " has ", found));
}

std::string plural(std::uint64_t count, const char* one, const char* many) { return concat(count, " ", count == 1 ? one : many); }

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

void translate_one_by_one(const TextGenerator& generator, const TranslateOptions& options, const NextLine& next,
                          OutputFile& output) {
  std::uint64_t number = 0;
  while (const std::optional<std::string> line = next()) {
    Generated generated = generator.generate_line(*line);
    generated.line = number++;
    output.write(rendered(generated, options));
  }
}

Translated translate_file(const TextGenerator& generator, const TranslateOptions& options, OutputFile& output,
                          Progress& progress) {
  const std::string path = input_path(options);
  LineReader reader(path);
  if (!options.score.empty()) LineReader{options.score};  // where it is missing, that is said before the work
  const std::uint64_t total = options.quiet ? 0 : count_lines(path);
  Translated translated;
  translated.account = generator.generate(
      lines_of(reader),
      [&](const Generated& line) {
        output.write(rendered(line, options));
        if (!options.score.empty()) translated.lines.push_back(line.text);
        progress.update(line.line + 1, total, "lines");
      },
      interrupted);
  progress.finish();
  if (interrupted()) throw Interrupted(concat("interrupted after ", plural(translated.account.lines, "line", "lines")));
  return translated;
}

void score_pairs(const TextGenerator& generator, const TranslateOptions& options, OutputFile& output) {
  const auto chunk =
      static_cast<std::size_t>(options.generation.mini_batch) * static_cast<std::size_t>(options.generation.maxi_batch);
  const std::string path = input_path(options);
  LineReader sources(path), targets(options.score);
  for (bool more = true; more;) {
    std::vector<std::string> source_lines, target_lines;
    for (std::string source, target; more && source_lines.size() < chunk;) {
      more = sources.next(source);
      if (more != targets.next(target)) {
        while (sources.next(source)) continue;
        while (targets.next(target)) continue;
        unequal(path, sources.line_number(), options.score, targets.line_number());
      }
      if (more) source_lines.push_back(source), target_lines.push_back(target);
    }
    const std::vector<Candidate> scored = generator.score(source_lines, target_lines);
    for (std::size_t i = 0; i < scored.size(); ++i) output.write(rendered_score(source_lines[i], scored[i], options));
    if (interrupted()) throw Interrupted("interrupted while scoring");
  }
}

std::vector<metrics::Score> scores_of(const std::vector<std::string>& lines, const TranslateOptions& options,
                                      const std::string& target_language) {
  const std::vector<std::string> references = read_lines(options.score);
  if (lines.size() != references.size()) unequal(input_path(options), lines.size(), options.score, references.size());
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
