// Where shortlists come from: the file that a model's folder keeps, or Marian's lexical tables.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "base/log.h"
#include "model/model.h"
#include "model/shortlist.h"

namespace mynah::model {

/// Its name in a model's folder: safetensors whose array `always` is what every sentence may use, and whose `lists` are those of
/// the source pieces in order of their ids: how many, then the distance from each target to the one before it, in numbers of
/// seven bits a byte, the lowest first, the eighth where more follow.
inline constexpr const char* kShortlistFile = "shortlist.safetensors";

void save_shortlist(const Shortlist& shortlist, const Vocabulary& vocabulary, const std::filesystem::path& path);

/// Throws Error naming the file when it is missing, no shortlist, of another version, of another vocabulary, truncated or
/// altered.
Shortlist open_shortlist(const std::filesystem::path& path, const Vocabulary& vocabulary);

/// A table of lines "target source probability", as marian-lex writes them (lex.s2t), whose words are pieces of the vocabulary;
/// lines of NULL are for words without a counterpart and left out. Others that name no pieces of the vocabulary are counted in a
/// warning. Frequent are the targets that have most probability of all sources together. Throws Error naming file and line, and
/// where nothing is left.
Shortlist read_lexical_table(const std::string& path, const Vocabulary& vocabulary, const Log& log);

/// The file that --shortlist names: none where it is "off", for "on" the one in the model's folder. Throws Error where that has
/// none.
std::filesystem::path shortlist_path(const std::string& wish, const std::filesystem::path& folder);

/// What is in that file, which is one of ours where it ends in .safetensors, and else a lexical table. Nothing for "off".
std::shared_ptr<const Shortlist> wished_shortlist(const std::string& wish, const Model& model, const Log& log);

}  // namespace mynah::model
