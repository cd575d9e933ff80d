#include "inference/generation_options.h"

#include "base/error.h"

namespace mynah::inference {
namespace {

void list_search(search::SearchOptions& search, OptionList& list) {
  list.group("Search");
  list.add("beam-size", search.beam, "Hypotheses followed at once; 1 is greedy search; a model may bring a value of its own")
      .alias("b")
      .alias("beam")
      .alias("num-beams");
  list.add("normalize", search.length_penalty,
           "Score = sum of log-probabilities / length^ALPHA; 0 leaves the plain sum; a model may bring a value of its own")
      .alias("n")
      .alias("length-penalty")
      .alias("lenpen")
      .value("ALPHA");
  list.add("min-length", search.min_length, "Pieces a target has at least")
      .alias("min-len")
      .alias("min-decoding-length")
      .value("PIECES");
  list.add("max-length", search.max_length,
           "Pieces a target has at most, the end of sentence included; a model may bring a value of its own")
      .alias("max-decoding-length")
      .value("PIECES");
  list.add("max-length-factor", search.max_length_factor,
           "Limit of target pieces for each source piece, on top of --max-length-offset")
      .alias("max-len-a");
  list.add("max-length-offset", search.max_length_offset, "Limit of target pieces whatever the source")
      .alias("max-len-b")
      .value("PIECES");
  list.add("no-repeat-ngram", search.no_repeat_ngram, "No sequence of N pieces comes twice; 0 is off")
      .alias("no-repeat-ngram-size");
  list.add("repetition-penalty", search.repetition_penalty,
           "Log-probabilities of pieces that stand in the target already are multiplied by this; 1 is off");
  list.foreign("early-stopping",
               "a search always ends when beam-size hypotheses have finished (Hugging Face's early_stopping=true)");
  list.foreign("num-return-sequences", "give --n-best, which prints beam-size hypotheses");
  list.foreign("num-hypotheses", "give --n-best, which prints beam-size hypotheses");
  list.foreign("allow-unk", "unknown pieces are always allowed; tokenizers with byte fallback have hardly any");
  list.foreign("unkpen", "unknown pieces are scored as the model scores them");
  list.foreign("patience", "patience is 1: a search ends when beam-size hypotheses have finished");
  list.foreign("max-new-tokens", "give --max-length, which counts the target's pieces and the end of sentence");
}

void list_sampling(search::SearchOptions& search, OptionList& list) {
  list.group("Sampling");
  list.add("output-sampling", search.sample, "Draw the target at random instead of searching for the best")
      .alias("sampling")
      .alias("do-sample");
  list.add("temperature", search.temperature, "Below 1 draws likely pieces more often, above 1 less often")
      .alias("sampling-temperature");
  list.add("top-k", search.top_k, "Draw among the K most likely pieces; 0 is off").alias("sampling-topk").value("K");
  list.add("top-p", search.top_p, "Draw among the fewest pieces that hold this share of the probability; 1 is off")
      .alias("sampling-topp")
      .value("SHARE");
  list.add("seed", search.seed, "Equal seeds draw equal targets");
}

void list_text(GenerationOptions& options, OptionList& list) {
  list.group("Text and batches");
  list.add("split-sentences", options.split_sentences, "Cut lines into sentences first; --no-split-sentences takes them whole");
  list.add("max-source-length", options.max_source_length, "Pieces of a sentence; longer ones are split at a clause, else a word")
      .value("PIECES");
  list.add("prefix", options.prefix, "Text that every line's target begins with").alias("target-prefix").value("TEXT");
  list.add("guard", options.guard,
           "Look at every sentence for omissions, loops, wrong languages and lost numbers; decode doubtful ones again and report "
           "them");
  list.add("mini-batch", options.mini_batch, "Sentences decoded together by each worker; 0: as many as suit the model")
      .alias("batch-size")
      .alias("max-batch-size")
      .alias("max-sentences");
  list.add("maxi-batch", options.maxi_batch, "Batches read ahead, so that sentences of similar length stand together");
  list.add("threads", options.threads, "Workers; 0 is one per core").alias("cpu-threads").alias("inter-threads");
  list.foreign("maxi-batch-sort", "sentences read ahead are always ordered by source length");
  list.foreign("mini-batch-words", "decoding batches are counted in sentences: give --mini-batch");
  list.foreign("max-tokens", "decoding batches are counted in sentences: give --mini-batch");
  list.foreign("max-length-crop", "long sentences are split, never cropped; --max-source-length sets where");
  list.foreign("workspace", "memory is taken as it is needed; --mini-batch and --max-source-length bound it");
  list.foreign("intra-threads", "one worker uses one core: give --threads");
}

template <class Value>
void expect(const char* option, const char* range, Value found, bool holds) {
  if (!holds) throw UsageError(concat("--", option, ": expected ", range, ", found ", found));
}

void validate_search(const search::SearchOptions& search) {
  expect("beam-size", "1 to 1000", search.beam, search.beam >= 1 && search.beam <= 1000);
  expect("normalize", "-10 to 10", search.length_penalty, search.length_penalty >= -10 && search.length_penalty <= 10);
  expect("min-length", "0 or more", search.min_length, search.min_length >= 0);
  expect("max-length", "1 to 100000", search.max_length, search.max_length >= 1 && search.max_length <= 100000);
  expect("max-length-factor", "0 or more", search.max_length_factor, search.max_length_factor >= 0);
  expect("max-length-offset", "0 or more", search.max_length_offset, search.max_length_offset >= 0);
  expect("no-repeat-ngram", "0 or more", search.no_repeat_ngram, search.no_repeat_ngram >= 0);
  expect("repetition-penalty", "more than 0", search.repetition_penalty, search.repetition_penalty > 0);
  expect("temperature", "more than 0", search.temperature, search.temperature > 0);
  expect("top-k", "0 or more", search.top_k, search.top_k >= 0);
  expect("top-p", "more than 0 and at most 1", search.top_p, search.top_p > 0 && search.top_p <= 1);
  if (search.min_length >= search.max_length) {
    throw UsageError(concat("--min-length ", search.min_length, " leaves no room below --max-length ", search.max_length,
                            ", which counts the end of sentence"));
  }
  if (!search.sample && (search.temperature != 1 || search.top_k != 0 || search.top_p != 1)) {
    throw UsageError("--temperature, --top-k and --top-p say how to draw: give --output-sampling with them");
  }
  ensure(search.n_best >= 1 && (search.sample || search.n_best <= search.beam), "as many hypotheses as the beam at most");
}

}  // namespace

void list_options(GenerationOptions& options, OptionList& list) {
  list_search(options.search, list);
  list_sampling(options.search, list);
  list_text(options, list);
}

void validate(const GenerationOptions& options) {
  validate_search(options.search);
  expect("max-source-length", "8 to 100000", options.max_source_length,
         options.max_source_length >= 8 && options.max_source_length <= 100000);
  expect("mini-batch", "0 to 100000", options.mini_batch, options.mini_batch >= 0 && options.mini_batch <= 100000);
  expect("maxi-batch", "1 to 100000", options.maxi_batch, options.maxi_batch >= 1 && options.maxi_batch <= 100000);
  expect("threads", "0 to 1024", options.threads, options.threads >= 0 && options.threads <= 1024);
}

}  // namespace mynah::inference
