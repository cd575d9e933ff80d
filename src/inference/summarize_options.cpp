#include "inference/summarize_options.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <sstream>

#include "base/error.h"

namespace mynah::inference {
namespace {

void list_model(SummarizeOptions& options, OptionList& list) {
  list.group("Model");
  list.add("model", options.model, "Model directory; without it one that writes summaries is looked for").alias("m").value("DIR");
  list.add("device", options.device, "Where the network runs: cpu, cuda, cuda:1").value("DEVICE");
  list.add("engine", options.engine,
           "What runs it: packed is for Transformers on a CPU, libtorch for all; auto takes packed where it can")
      .one_of({"auto", "packed", "libtorch"});
  list.add("precision", options.precision,
           "What the packed engine multiplies in; int8 is the fastest, and auto takes it where the model was found to lose "
           "nothing")
      .one_of({"auto", "int8", "bfloat16", "float32"});
  list.add("cpu-features", options.cpu_features,
           "The best instructions that the packed engine may use; auto: all that the CPU has")
      .one_of({"auto", "avx512_vnni", "avx2_vnni", "avx2", "plain"});
  list.add("beam-size", options.generation.search.beam,
           "Hypotheses followed at once; 1 is greedy search; a model may bring a value of its own")
      .alias("b")
      .alias("num-beams");
  list.add("no-repeat-ngram", options.generation.search.no_repeat_ngram, "No sequence of N pieces comes twice; 0 is off")
      .alias("no-repeat-ngram-size");
  list.add("threads", options.generation.threads, "Workers for the windows of long texts; 0 is one per core");
  list.add("to", options.to, "Translate the summary into this language").alias("target-lang").value("LANGUAGE");
  list.add("translation-model", options.translation_model, "With --to: the model that translates; without it one is looked for")
      .value("DIR");
}

void list_reading(SummarizeOptions& options, OptionList& list) {
  list.group("Summary");
  list.add("extractive", options.extractive, "Choose sentences of the text instead of writing new ones; no model is needed");
  list.add("method", options.method, "How sentences are chosen: by how central they are, or the first ones")
      .one_of({"lexrank", "lead"});
  list.add("together", options.together, "One summary of all files, of their best paragraphs");
  list.add("title", options.title, "What the summary is to be about; without it, a document's own title").value("TEXT");
  list.add("read-words", options.read_words, "With --together: how many words of the best paragraphs are read").value("N");
  list.add("language", options.language, "Language of the text, as in en, de, zh; guessed when not given")
      .alias("lang")
      .alias("from")
      .value("LANGUAGE");
}

void list_length(LengthOptions& options, OptionList& list) {
  list.group("Length");
  list.add("style", options.style, "Kind of summary: a line of at most 15 words, a sentence, a paragraph, a list of sentences")
      .alias("s")
      .one_of({"headline", "sentence", "paragraph", "bullets"});
  list.add("sentences", options.sentences, "At most so many sentences (3 when no length is given)").alias("n").value("N");
  list.add("words", options.words, "At most so many words, and at least three quarters of them").alias("w").value("N");
  list.add("ratio", options.ratio, "The same as a part of the text's words, as in 10% or 0.1").value("PART");
}

void list_output(SummarizeOptions& options, OptionList& list) {
  list.group("Input and output");
  list.add("format", options.format, "What the files hold, where their names and first bytes do not tell")
      .one_of({"text", "markdown", "html"});
  list.add("output", options.files.output,
           "Where the summary goes: a file, or a folder where there are several inputs; a file appears under its name when all "
           "of it is done; - is standard output")
      .alias("o")
      .value("FILE");
  list.add("include", options.files.include,
           "Which files of a folder are read, as shell patterns; text, Markdown and HTML, compressed or not, when not given")
      .value("PATTERN");
  list_folder_options(options.files, list);
  list.add("sources", options.sources, "Print under each sentence where in the text it comes from");
  list.add("json", options.json, "Print a JSON object for each summary: sentences, their sources, what was read");
  list.add("quiet", options.quiet, "No account of what was read; warnings still").alias("q");
}

void list_scoring(SummarizeOptions& options, OptionList& list) {
  list.group("Scoring");
  list.add(
          "score", options.score,
          "Summarize the documents of these JSON lines (document; summary or references) and print ROUGE against the references; "
          "summaries go to --output")
      .value("FILE.jsonl");
  list.add("summaries", options.summaries, "With --score: score these summaries (summary), a JSON line for each document")
      .value("FILE.jsonl");
}

/// "de", "zh-Hant"; empty where none is asked for.
void expect_language(const char* option, const std::string& language) {
  if (language.empty()) return;
  const std::string primary = language.substr(0, language.find_first_of("-_"));
  const bool letters = std::ranges::all_of(primary, [](unsigned char c) { return std::isalpha(c) != 0; });
  if (!letters || primary.size() < 2 || primary.size() > 3)
    throw UsageError(concat(option, ": expected a language as en, de or zh-Hant, found ", language));
}

void expect_positive(const char* option, std::optional<int> value) {
  if (value && *value < 1) throw UsageError(concat(option, ": expected 1 or more, found ", *value));
}

}  // namespace

void list_options(SummarizeOptions& options, OptionList& list) {
  list_model(options, list);
  list_reading(options, list);
  list_length(options.length, list);
  list_output(options, list);
  list_scoring(options, list);
}

double parse_ratio(const std::string& ratio) {
  std::istringstream text(ratio);
  double value = 0;
  std::string unit;
  const bool is_number = static_cast<bool>(text >> value);
  if (is_number) text >> unit;
  if (unit == "%") value /= 100;
  if (!is_number || !(unit.empty() || unit == "%") || !text.eof() || !(value > 0 && value <= 1))
    throw UsageError(concat("--ratio: expected a part of the text above 0 and up to 100%, as 10% or 0.1, found ", ratio));
  return value;
}

void validate(const SummarizeOptions& options) {
  validate(options.files);
  validate(options.generation);
  expect_language("--language", options.language);
  expect_language("--to", options.to);
  expect_positive("--sentences", options.length.sentences);
  expect_positive("--words", options.length.words);
  expect_positive("--read-words", options.read_words);
  if (!options.length.ratio.empty()) parse_ratio(options.length.ratio);
  const auto contradict = [](bool both, const char* what) {
    if (both) throw UsageError(what);
  };
  contradict(options.extractive && !options.model.empty(), "--extractive needs no --model: give one of them");
  contradict(!options.translation_model.empty() && options.to.empty(), "--translation-model needs --to LANGUAGE");
  contradict(!options.score.empty() && !options.to.empty(), "--score compares in the language of the text: there is no --to");
  contradict(!options.summaries.empty() && options.score.empty(),
             "--summaries needs --score FILE.jsonl, which has the references");
  contradict(!options.summaries.empty() && !options.files.output.empty(),
             "--summaries are there already, so there is nothing for --output");
  contradict(!options.score.empty() && !options.files.inputs.empty(),
             "--score reads its documents from its own file: give no other files");
  contradict(!options.score.empty() && (options.together || options.sources),
             "--score prints scores: there is no --together and no --sources");
}

}  // namespace mynah::inference
