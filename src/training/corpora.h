// What the user means by --train-sets and --valid-sets: corpora and their languages.
#pragma once
#include <string>
#include <vector>

#include "corpus/pair_reader.h"
#include "model/model.h"
#include "training/training_options.h"

namespace mynah::training {

/// The corpora that `paths` name: one path for TSV and JSON lines, two for plain text. Names tell (.tsv, .jsonl; "-" is TSV);
/// with `fields`, names that do not end in a language ("pairs.txt") are TSV too. Missing fields are columns 1 and 2, or the
/// languages as keys. Throws UsageError naming `option` when a path is left over.
std::vector<corpus::Source> corpora_of(const std::vector<std::string>& paths, const std::vector<std::string>& fields,
                                       const model::Languages& languages, const std::string& option);

/// Languages as given, else as the names of the first two files end ("train.en.gz"), else empty.
model::Languages languages_for(const TrainingOptions& options);

/// The training corpora with their weights and styles. Throws UsageError when the numbers of corpora and --weights or --styles
/// differ.
std::vector<corpus::Source> training_corpora(const TrainingOptions& options, const model::Languages& languages);

/// The same of --valid-sets; without styles where none are given.
std::vector<corpus::Source> validation_corpora(const TrainingOptions& options, const model::Languages& languages);

/// Relative paths of files to read, made absolute, so that training can go on from another folder.
void make_paths_absolute(TrainingOptions& options);

}  // namespace mynah::training
