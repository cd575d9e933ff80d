#include "training/trial.h"

#include <stdlib.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file_descriptor.h"
#include "base/files.h"
#include "text/utf8.h"
#include "training/continuation.h"
#include "training/corpora.h"

namespace mynah::training {
namespace {

namespace fs = std::filesystem;

/// Copies the first pairs of each corpus; the paths of the copies, as --train-sets takes them.
std::vector<std::string> copy_pairs(const std::vector<corpus::Source>& corpora, std::int64_t most, const fs::path& name) {
  std::vector<std::string> paths;
  for (const corpus::Source& source : corpora) {
    const std::string number = std::to_string(paths.size() / 2);
    for (const char* side : {"source", "target"}) paths.push_back(concat(name.string(), '-', number, '-', side, ".txt"));
    OutputFile left(paths[paths.size() - 2]), right(paths.back());
    corpus::PairReader reader(source);
    std::int64_t count = 0;
    for (corpus::TextPair pair; count < most && reader.next(pair);) {
      if (is_blank(pair.source) || is_blank(pair.target)) continue;
      left.write(pair.source + "\n");
      right.write(pair.target + "\n");
      ++count;
    }
    left.commit();
    right.commit();
  }
  return paths;
}

/// Forgets what would contradict --vocabs or --from; it says nothing beside them.
void forget_contradictions(TrainingOptions& trial) {
  const TrainingOptions untouched;
  if (!trial.vocabs.empty() || !trial.from.empty()) {
    trial.vocabulary = untouched.vocabulary;
    trial.tokenizer_type = untouched.tokenizer_type;
    trial.separate_vocabularies = untouched.separate_vocabularies;
  }
  if (!trial.from.empty()) {
    trial.task = untouched.task;
    trial.type = untouched.type;
    trial.activation = untouched.activation;
    trial.pre_norm = untouched.pre_norm;
  }
}

}  // namespace

ScratchFolder::ScratchFolder(const fs::path& model, const std::string& purpose) {
  const fs::path beside = model.empty() ? fs::temp_directory_path() / "mynah" : fs::absolute(model).lexically_normal();
  const fs::path named = beside.has_filename() ? beside : beside.parent_path();
  make_folder(named.parent_path());
  std::string path = concat(named.string(), ".", purpose, "-XXXXXX");
  if (::mkdtemp(path.data()) == nullptr) fail_with_errno("make a folder for the meantime:", path);
  path_ = path;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;  // a folder left behind takes room, no more
  fs::remove_all(path_, ignored);
}

std::vector<std::string> tokenizers_in(const fs::path& model) {
  return {(model / "source.spm").string(), (model / "target.spm").string()};
}

TrainingOptions trial_options(const TrainingOptions& options, const fs::path& folder) {
  constexpr std::int64_t kPairs = 20'000, kPairsPerPiece = 5, kValidationPairs = 16;
  const model::Languages languages = languages_for(options);
  TrainingOptions trial = options;
  trial.model.clear();
  trial.source_lang = languages.source;
  trial.target_lang = languages.target;
  const std::int64_t most = std::max(kPairs, kPairsPerPiece * options.vocabulary);  // so that a tokenizer can be trained
  trial.train_sets = copy_pairs(training_corpora(options, languages), most, folder / "train");
  trial.valid_sets =
      copy_pairs(corpora_of(options.valid_sets, options.fields, languages, "valid-sets"), kValidationPairs, folder / "valid");
  trial.fields.clear();
  trial.hold_out = trial.valid_sets.empty() ? std::min(options.hold_out, kValidationPairs) : TrainingOptions{}.hold_out;
  trial.disp_freq = "1u";
  trial.early_stopping = 0;
  if (trial.from.empty() && stored_options(options.model)) trial.vocabs = tokenizers_in(options.model);
  return trial;
}

Json trial_configuration(TrainingOptions options, std::int64_t updates) {
  const auto every = [&](std::int64_t parts) { return concat(std::max<std::int64_t>(1, updates / parts), "u"); };
  options.after = concat(updates, "u");
  options.save_freq = every(4);
  options.valid_freq = every(2);
  forget_contradictions(options);
  return effective_options(options);
}

}  // namespace mynah::training
