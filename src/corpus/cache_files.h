// The files of a prepared corpus: flat arrays, and a small JSON file that appears last and says how long they are.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "corpus/cache.h"

namespace mynah::corpus {

inline constexpr const char* kIdsFile = "corpus.ids";          // TokenId: pair after pair, source then target
inline constexpr const char* kOffsetsFile = "corpus.offsets";  // uint64: where each side begins, and the end
inline constexpr const char* kTextFile = "corpus.text";        // the same for the text, when it is kept
inline constexpr const char* kTextOffsetsFile = "corpus.text_offsets";
inline constexpr const char* kMetaFile = "corpus.json";

/// What corpus.json says.
struct CacheMeta {
  std::uint64_t pairs = 0;  // kept, those held out included
  std::uint64_t ids = 0, text_bytes = 0;
  bool keep_text = false;
  std::vector<double> weights;          // per corpus
  std::vector<std::uint64_t> first;     // per corpus and one more: first training pair
  std::vector<std::uint64_t> held_out;  // among the pairs kept; ascending
  std::vector<TextPair> held_out_pairs;
  CacheAccount account;
};

/// Throws Error naming the file when it is missing, damaged or of another version.
CacheMeta read_cache_meta(const std::filesystem::path& folder);
void write_cache_meta(const std::filesystem::path& folder, const CacheMeta& meta);

}  // namespace mynah::corpus
