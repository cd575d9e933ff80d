// A corpus prepared once into a memory-mapped file, so that one larger than memory trains in bounded memory.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/progress.h"
#include "corpus/pair_reader.h"
#include "text/tokenizer.h"

namespace mynah::corpus {

/// What is prepared, which pairs are left out, and how many are held out for validation.
struct CachePlan {
  std::vector<Source> sources = {};
  int max_length = 256;         // ids per side, `</s>` included
  double max_length_ratio = 4;  // longer side / shorter side, in ids, for pairs of more than 10 ids
  std::int64_t hold_out = 0;    // pairs drawn by seed and kept from training; at most a tenth of all
  std::uint64_t seed = 1;
  bool keep_text = false;     // store text beside ids, for subword sampling
  bool documents = false;     // sources are documents, of which long ones are reduced; targets their summaries, however short
  std::string language = {};  // of documents
};

/// What happened to the pairs. `read` is the sum of `kept`, `held_out` and all that was left out: "empty", "too long", "too
/// uneven", "malformed" (a line that holds no pair). "invalid UTF-8 repaired" and "reduced to best
/// sentences" count pairs that were not left out for it.
struct CacheAccount {
  std::int64_t read = 0, kept = 0, held_out = 0;
  std::map<std::string, std::int64_t> left_out;
};

/// The prepared corpus, mapped.
class Cache {
 public:
  /// Reads all sources once, in bounded memory, and writes `folder/corpus.*`, whole or not at all. The same plan and text give
  /// the same bytes. Throws Error when nothing is left, or a weight is not positive.
  static CacheAccount build(const std::filesystem::path& folder, const CachePlan& plan, const TokenizerPair& tokenizers,
                            const Log& log, Progress* progress);
  /// Throws Error naming the file when it is missing, damaged or of another version (reading pairs may also find damage).
  explicit Cache(const std::filesystem::path& folder);
  ~Cache();
  Cache(Cache&&) noexcept;

  std::uint64_t size() const;  // training pairs
  int corpora() const;
  /// Training pairs of corpus c are [first(c), first(c+1)).
  std::uint64_t first(int corpus) const;
  double weight(int corpus) const;
  /// Ids ending in `</s>`.
  std::span<const TokenId> source(std::uint64_t pair) const;
  std::span<const TokenId> target(std::uint64_t pair) const;
  bool has_text() const;
  /// Only with keep_text.
  std::string_view source_text(std::uint64_t pair) const;
  std::string_view target_text(std::uint64_t pair) const;
  int max_length() const;      // the plan's
  double mean_length() const;  // ids of the longer side of a pair
  int vocabulary() const;      // of the tokenizers that made the ids
  std::vector<TextPair> held_out() const;
  CacheAccount account() const;

 private:
  struct Files;
  std::unique_ptr<const Files> files_;
};

}  // namespace mynah::corpus
