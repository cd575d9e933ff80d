// What `translate` does with its input, whatever that is: lines in, lines out, and what there is to say about them.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/progress.h"
#include "inference/input_files.h"
#include "inference/line_source.h"
#include "inference/output_files.h"
#include "inference/text_generator.h"
#include "inference/translate_options.h"
#include "metrics/metric.h"
#include "model/model.h"

namespace mynah::inference {

/// Sets what the user left open (an option for which `given` is false) to how the model likes to be decoded, and what follows
/// from other options.
void settle(TranslateOptions& options, const model::Generation& generation, const std::function<bool(std::string_view)>& given);

/// Translates line after line, each before the next is asked for.
void translate_one_by_one(const TextGenerator& generator, const TranslateOptions& options, LineSource& source,
                          OutputFile& output);

/// How many bytes of a line are held at once: all of it where what is written is about the whole line.
std::size_t longest_line(const TranslateOptions& options);

/// How lines look in a file.
Rendering rendering_of(const TranslateOptions& options);

struct Translated {
  Account account;                 // of this run
  std::vector<std::string> lines;  // with --score, for scores_of()
  bool interrupted = false;        // the user had enough; what was finished is saved
};

/// Translates files in batches, sentences of several together, and shows progress.
Translated translate_files(const TextGenerator& generator, const TranslateOptions& options, InputFiles& inputs,
                           OutputFiles& outputs, Progress& progress);

/// Scores each --score line as a translation of its line in `source`. Throws Error when the numbers of lines differ.
void score_pairs(const TextGenerator& generator, const TranslateOptions& options, LineSource& source, OutputFile& output);

/// The metrics of --score. Throws Error when there are not as many references as lines.
std::vector<metrics::Score> scores_of(const std::vector<std::string>& lines, const TranslateOptions& options,
                                      const std::string& target_language);
/// As sacreBLEU prints them, a line each, or as one JSON object with --json.
std::string rendered(const std::vector<metrics::Score>& scores, const TranslateOptions& options);

}  // namespace mynah::inference
