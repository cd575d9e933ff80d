// Writes a prepared corpus, pair by pair.
#pragma once
#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/files.h"
#include "corpus/cache.h"
#include "corpus/cache_format.h"
#include "corpus/held_out.h"
#include "corpus/preparation.h"

namespace mynah::corpus {

/// Files that appear whole or not at all, in bounded memory. Which pairs are held out is known only at the end, so all that are
/// kept go to a draft of the index first.
class CacheWriter {
 public:
  /// Removes what was prepared in the folder before. `plan` must outlive the writer; `vocabulary` is the size of the tokenizers'.
  CacheWriter(const std::filesystem::path& folder, const CachePlan& plan, int vocabulary);

  /// What is added from here on belongs to the plan's next source.
  void begin_corpus();
  void add(const Prepared& pair);

  /// Throws Error when nothing is left for training.
  CacheAccount finish();

 private:
  void write_index();
  void write_summary() const;
  [[noreturn]] void fail_as_empty() const;

  const CachePlan& plan_;
  int vocabulary_;
  CachePaths paths_;
  std::filesystem::path draft_path_;
  OutputFile draft_, ids_, text_;
  HeldOut held_out_;
  CacheAccount account_;
  std::vector<std::uint64_t> corpus_begins_;  // among all that are kept; after write_index(), among those for training
  std::uint64_t kept_ = 0, id_count_ = 0, text_bytes_ = 0, longer_ids_ = 0;
};

}  // namespace mynah::corpus
