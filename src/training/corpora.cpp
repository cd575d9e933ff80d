#include "training/corpora.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"

namespace mynah::training {
namespace {

namespace fs = std::filesystem;

/// The name without the ending of a compression.
fs::path uncompressed_name(const std::string& path) {
  fs::path name = fs::path(path).filename();
  const std::string ending = name.extension().string();
  if (ending == ".gz" || ending == ".xz" || ending == ".zst") name = name.stem();
  return name;
}

bool is_json(const std::string& path) {
  const std::string ending = uncompressed_name(path).extension().string();
  return ending == ".jsonl" || ending == ".json" || ending == ".ndjson";
}

bool is_table(const std::string& path) { return path == "-" || uncompressed_name(path).extension() == ".tsv"; }

/// "en" of "train.en.gz"; empty when the ending does not look like a language.
std::string language_in_name(const std::string& path) {
  std::string ending = uncompressed_name(path).extension().string();
  if (ending.size() < 3 || ending.size() > 4) return "";
  ending.erase(0, 1);
  const bool letters = std::all_of(ending.begin(), ending.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const bool known_format = ending == "txt" || ending == "tsv" || ending == "csv" || ending == "dat";
  return letters && !known_format ? ending : "";
}

std::vector<std::string> fields_of(const TrainingOptions& options) {
  const bool of_summaries = options.fields.empty() && !options.styles.empty();
  return of_summaries ? std::vector<std::string>{"document", "summary"} : options.fields;
}

/// `; its first line has "en", "de"`; empty when there is no such line.
std::string keys_in(const std::string& path) {
  if (!fs::is_regular_file(path)) return "";
  std::string line, keys;
  LineReader(path).next(line);
  const Json object = Json::parse(line, nullptr, false);
  if (!object.is_object()) return "";
  for (const auto& [key, value] : object.items()) keys += concat(keys.empty() ? "; its first line has \"" : ", \"", key, '"');
  return keys;
}

/// One style, or one each.
void give_styles(std::vector<corpus::Source>& corpora, const std::vector<std::string>& styles, const std::string& option) {
  if (styles.size() > 1 && styles.size() != corpora.size()) {
    throw UsageError(concat("--styles: expected one style, or one for each corpus of --", option, ", ", corpora.size(),
                            "; found ", styles.size()));
  }
  for (std::size_t index = 0; !styles.empty() && index < corpora.size(); ++index) {
    corpora[index].style = styles[styles.size() == 1 ? 0 : index];
  }
}

}  // namespace

std::vector<corpus::Source> corpora_of(const std::vector<std::string>& paths, const std::vector<std::string>& fields,
                                       const model::Languages& languages, const std::string& option) {
  std::vector<corpus::Source> corpora;
  for (std::size_t index = 0; index < paths.size(); ++index) {
    corpus::Source corpus;
    corpus.paths = {paths[index]};
    if (is_json(paths[index])) {
      corpus.fields = fields.empty() ? std::vector{languages.source, languages.target} : fields;
      if (corpus.fields[0].empty() || corpus.fields[1].empty()) {
        throw UsageError(concat("--", option, " ", paths[index], ": which keys hold the two texts? Write --fields SOURCE TARGET",
                                keys_in(paths[index])));
      }
    } else if (is_table(paths[index]) || (!fields.empty() && language_in_name(paths[index]).empty())) {
      corpus.fields = fields.empty() ? std::vector<std::string>{"1", "2"} : fields;
    } else if (++index < paths.size()) {
      corpus.paths.push_back(paths[index]);
    } else {
      throw UsageError(concat("--", option, ": expected a second file beside ", paths[index - 1],
                              ", line by line its translation; for one file with both texts write --fields 1 2 (TSV)"));
    }
    corpora.push_back(std::move(corpus));
  }
  return corpora;
}

model::Languages languages_for(const TrainingOptions& options) {
  model::Languages languages{options.source_lang, options.target_lang};
  if (options.train_sets.size() < 2) return languages;
  if (languages.source.empty()) languages.source = language_in_name(options.train_sets[0]);
  if (languages.target.empty()) languages.target = language_in_name(options.train_sets[1]);
  return languages;
}

std::vector<corpus::Source> validation_corpora(const TrainingOptions& options, const model::Languages& languages) {
  std::vector<corpus::Source> corpora = corpora_of(options.valid_sets, fields_of(options), languages, "valid-sets");
  give_styles(corpora, options.styles, "valid-sets");
  return corpora;
}

std::vector<corpus::Source> training_corpora(const TrainingOptions& options, const model::Languages& languages) {
  std::vector<corpus::Source> corpora = corpora_of(options.train_sets, fields_of(options), languages, "train-sets");
  give_styles(corpora, options.styles, "train-sets");
  if (options.weights.empty()) return corpora;
  if (options.weights.size() != corpora.size()) {
    throw UsageError(concat("--weights: expected one number per corpus, ", corpora.size(), "; found ", options.weights.size()));
  }
  for (std::size_t index = 0; index < corpora.size(); ++index) corpora[index].weight = options.weights[index];
  return corpora;
}

void make_paths_absolute(TrainingOptions& options) {
  const auto absolute = [](std::string& path) {
    if (!path.empty() && path != "-") path = fs::absolute(path).lexically_normal().string();
  };
  for (auto* paths : {&options.train_sets, &options.valid_sets, &options.vocabs}) {
    std::for_each(paths->begin(), paths->end(), absolute);
  }
  absolute(options.from);
}

}  // namespace mynah::training
