// Everything `summarize` can be told.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/option_list.h"
#include "inference/file_options.h"
#include "inference/generation_options.h"

namespace mynah::inference {

/// How long a summary is wished. All that is given holds.
struct LengthOptions {
  std::string style = {};  // headline, sentence, paragraph, bullets; empty: a paragraph
  std::optional<int> sentences = {}, words = {};
  std::string ratio = {};  // "10%" of the source's words
};

/// How summaries are searched for: no three pieces come twice.
inline GenerationOptions without_repeats() {
  GenerationOptions options;
  options.search.no_repeat_ngram = 3;
  return options;
}

struct SummarizeOptions {
  // what makes the summary
  bool extractive = false;
  std::string model;  // empty: the one that is found
  std::string device = "cpu", engine = "auto", precision = "auto", cpu_features = "auto";
  GenerationOptions generation = without_repeats();
  std::string method = "lexrank";  // how sentences are ranked: lexrank, lead
  // what is read and where summaries go
  FileOptions files;
  std::string format;      // text, markdown, html; empty: as recognised
  std::string language;    // empty: guessed
  bool together = false;   // all inputs are one pile
  std::string title;       // what the summary is to be about
  int read_words = 20000;  // of a pile, in its best paragraphs
  LengthOptions length;
  // what is written
  std::string to;                 // the language wanted; empty: the text's
  std::string translation_model;  // empty: found by the languages
  bool sources = false;
  bool json = false;
  bool quiet = false;
  // scoring
  std::string score;      // JSON lines with documents and references
  std::string summaries;  // JSON lines with summaries to score
};

void list_options(SummarizeOptions& options, OptionList& list);

/// Throws UsageError naming the option.
void validate(const SummarizeOptions& options);

/// The part of 1 that --ratio asks for: "10%", "10 %" or "0.1". Throws UsageError for what is none, or not above 0 and up to 1.
double parse_ratio(const std::string& ratio);

}  // namespace mynah::inference
