#include "inference/translation.h"

#include <limits>
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

std::size_t longest_line(const TranslateOptions& options) {
  const bool of_whole_lines = options.n_best || options.json || options.word_scores || options.generation.alignment ||
                              !options.score.empty() || !options.generation.split_sentences;
  return of_whole_lines ? std::numeric_limits<std::size_t>::max() : std::size_t{1} << 16;
}

Rendering rendering_of(const TranslateOptions& options) {
  return {[&options](const Generated& line) { return rendered(line, options); }, !options.n_best && !options.json};
}

Translated translate_files(const TextGenerator& generator, const TranslateOptions& options, InputFiles& inputs,
                           OutputFiles& outputs, Progress& progress) {
  if (!options.score.empty()) LineReader{options.score};  // where it is missing, that is said before the work
  for (std::size_t job = 0; job < outputs.outcomes().size(); ++job) {
    const FileOutcome& outcome = outputs.outcomes()[job];
    if (outcome.status == FileOutcome::Status::begun) inputs.skip(job, outcome.state.lines, outcome.state.fingerprint);
    if (outcome.status == FileOutcome::Status::done_before || outcome.status == FileOutcome::Status::failed)
      inputs.leave_out(job);
  }
  Translated translated;
  const std::uint64_t bytes = outputs.bytes();
  const auto next = [&] { return inputs.next([&](Origin origin) { outputs.expect(std::move(origin)); }); };
  const auto done = [&](const Generated& line) {
    outputs.give(line);
    if (!options.score.empty()) translated.lines.push_back(line.text);
    const std::uint64_t lines = line.line + 1;
    if (bytes > 0) {
      progress.update(outputs.position(), bytes, plural(lines, "line", "lines"));
    } else {
      progress.update(lines, 0, {});
    }
  };
  translated.account = generator.generate(next, done, interrupted);
  progress.finish();
  translated.interrupted = interrupted();
  return translated;
}

void score_pairs(const TextGenerator& generator, const TranslateOptions& options, LineSource& source, OutputFile& output) {
  LineReader references(options.score);
  for (bool more = true; more;) {
    std::vector<std::string> sources, targets;
    while (more && sources.size() < generator.read_ahead()) {
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

}  // namespace mynah::inference
