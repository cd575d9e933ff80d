// What `translate` does with its input, whatever that is: lines in, lines out, and what there is to say about them.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/log.h"
#include "base/progress.h"
#include "inference/line_source.h"
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

struct Translated {
  Account account;
  std::vector<std::string> lines;  // with --score, for scores_of()
};

/// Translates in batches and shows progress. Throws Interrupted when the user had enough: the lines given so far are in
/// `output`, which is not committed.
Translated translate_all(const TextGenerator& generator, const TranslateOptions& options, LineSource& source, OutputFile& output,
                         Progress& progress);

/// Scores each --score line as a translation of its line in `source`. Throws Error when the numbers of lines differ.
void score_pairs(const TextGenerator& generator, const TranslateOptions& options, LineSource& source, OutputFile& output);

/// The metrics of --score. Throws Error when there are not as many references as lines.
std::vector<metrics::Score> scores_of(const std::vector<std::string>& lines, const TranslateOptions& options,
                                      const std::string& target_language);
/// As sacreBLEU prints them, a line each, or as one JSON object with --json.
std::string rendered(const std::vector<metrics::Score>& scores, const TranslateOptions& options);

/// The account in a sentence ("3 lines, 4 sentences, 57 target pieces in 0.8 s …"), and a warning for whatever went less well.
void report(const Account& account, const TranslateOptions& options, const Log& log);

}  // namespace mynah::inference
