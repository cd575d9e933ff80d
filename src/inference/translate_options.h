// Everything `translate` can be told.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/option_list.h"
#include "inference/file_options.h"
#include "inference/generation_options.h"

namespace mynah::inference {

/// Marian's names where it has the option.
struct TranslateOptions {
  // the model
  std::string model;     // directory; empty: found by languages
  std::string from, to;  // languages
  bool list_models = false;
  std::string device = "cpu";
  std::string engine = "auto";        // packed, libtorch
  std::string precision = "auto";     // int8, bfloat16, float32
  std::string cpu_features = "auto";  // avx512_vnni, avx2_vnni, avx2, plain
  std::string shortlist = "off";      // on, or a file
  bool pack = false;
  // what is read and written
  FileOptions files;
  bool n_best = false;  // all hypotheses of the beam, in Marian's form
  bool word_scores = false;
  bool json = false;
  bool quiet = false;
  // scoring
  std::string score;  // reference file
  bool score_only = false;
  std::vector<std::string> metrics = {"bleu", "chrf"};
  std::string bleu_tokenizer;  // empty: by target language
  bool lowercase = false;
  GenerationOptions generation = {.guard = true};
};

void list_options(TranslateOptions& options, OptionList& list);

/// Throws UsageError naming the option.
void validate(const TranslateOptions& options);

/// What the text of an output depends on, as JSON: the options that change it, and the model in `folder` and the shortlist by the
/// fingerprints of their files.
Json settings_of(const TranslateOptions& options, const std::filesystem::path& folder);

}  // namespace mynah::inference
