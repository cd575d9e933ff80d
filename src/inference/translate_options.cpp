#include "inference/translate_options.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/fingerprint.h"
#include "inference/model_finder.h"
#include "metrics/metric.h"
#include "model/shortlist_file.h"

namespace mynah::inference {
namespace {

void list_model(TranslateOptions& options, OptionList& list) {
  list.group("Model");
  list.add("model", options.model,
           "Model directory; without it one is found by --from, --to, the language of the text and the user's own")
      .alias("m")
      .alias("models")
      .value("DIR");
  list.add("from", options.from, "Language of the text, as in en, de, zh").alias("source-lang").alias("s").value("LANGUAGE");
  list.add("to", options.to, "Language wanted").alias("target-lang").alias("t").value("LANGUAGE");
  list.add("list-models", options.list_models, "Show the models that are found without --model, and exit");
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
  list.add("shortlist", options.shortlist,
           "Translate each sentence with likely pieces only, which is faster: on takes the list that train left with the model, "
           "FILE another one or a lexical table of Marian's form (target source probability); doubtful sentences are decoded "
           "again with all pieces")
      .value("on|off|FILE");
  list.add("pack", options.pack,
           "Pack the model into its folder, which starts sooner, check there what int8 loses on validation pairs, and exit");
  list.foreign("vocabs", "tokenizers and vocabulary belong to the model directory: give --model DIR");
  list.foreign("v", "tokenizers and vocabulary belong to the model directory: give --model DIR");
  list.foreign("devices", "give --device, as in --device cuda:0");
  list.foreign("path", "give --model DIR, a directory written by train");
}

void list_output(TranslateOptions& options, OptionList& list) {
  list.group("Input and output");
  list_options(options.files, list);
  list.add("n-best", options.n_best, "Print all hypotheses of the beam: line ||| text ||| F0= log-probability ||| score");
  list.add("alignment", options.generation.alignment, "Print which source piece each target piece looks at most: 0-0 1-2 …");
  list.add("word-scores", options.word_scores, "Print the log-probability of each target piece and of the end of sentence");
  list.add("json", options.json, "Print a JSON object for each line, with sentences, pieces and scores");
  list.add("quiet", options.quiet, "No progress and no account at the end; warnings still").alias("quiet-translation");
  list.foreign("nbest", "give --n-best, which prints beam-size hypotheses");
  list.foreign("print-alignment", "give --alignment");
}

void list_scoring(TranslateOptions& options, OptionList& list) {
  list.group("Scoring");
  list.add("score", options.score, "Reference translation, a line each; its scores go to standard error").value("REFERENCE");
  list.add("score-only", options.score_only,
           "Translate nothing: print the log-probability of each --score line as a translation of its --input line");
  list.add("metrics", options.metrics, "What --score computes: bleu, chrf, chrf++, rouge1, rouge2, rougeL").value("METRIC");
  list.add("bleu-tokenizer", options.bleu_tokenizer, "Tokenizer of BLEU; by target language when not given")
      .one_of({"13a", "zh", "intl", "char", "none"});
  list.add("lowercase", options.lowercase, "Score lower-cased text").alias("lc");
}

}  // namespace

void list_options(TranslateOptions& options, OptionList& list) {
  list_model(options, list);
  list_output(options, list);
  list_options(options.generation, list);
  list_scoring(options, list);
}

void validate(const TranslateOptions& options) {
  validate(options.files);
  validate(options.generation);
  const auto contradict = [](bool both, const char* what) {
    if (both) throw UsageError(what);
  };
  contradict(options.score_only && options.score.empty(), "--score-only needs --score REFERENCE, the translations to score");
  contradict(!options.score.empty() && options.files.inputs.size() > 1, "--score takes the references of one --input");
  contradict(options.score_only && options.n_best, "--score-only scores what is given, so there is no --n-best");
  contradict(options.score_only && options.generation.search.sample,
             "--score-only scores what is given, so there is no --output-sampling");
  const std::vector<std::string> known = metrics::metric_names();
  for (const std::string& metric : options.metrics) {
    if (std::ranges::find(known, metric) != known.end()) continue;
    std::string names;
    for (const std::string& name : known) names += (names.empty() ? "" : ", ") + name;
    throw UsageError(concat("--metrics: expected ", names, ", found ", metric));
  }
}

Json settings_of(const TranslateOptions& options, const std::filesystem::path& folder) {
  TranslateOptions copy = options;
  OptionList list;
  list_options(copy, list);
  Json settings = options_to_json(list);
  for (const char* of_this_time :
       {"model",       "from",           "to",        "list_models", "input",      "output",     "include", "exclude",
        "copy_others", "resume",         "restart",   "report",      "strict",     "quiet",      "score",   "score_only",
        "metrics",     "bleu_tokenizer", "lowercase", "threads",     "mini_batch", "maxi_batch", "pack"}) {
    settings.erase(of_this_time);
  }
  settings["model"] = fingerprint_of(folder);
  if (const auto shortlist = model::shortlist_path(options.shortlist, folder); !shortlist.empty()) {
    Fingerprint fingerprint;
    fingerprint.add_file(shortlist);
    settings["shortlist"] = fingerprint.text();
  }
  return settings;
}

}  // namespace mynah::inference
