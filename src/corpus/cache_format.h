// How a prepared corpus lies in its folder.
#pragma once
#include <cstdint>
#include <filesystem>

namespace mynah::corpus {

/// A pair in `corpus.index`, in the machine's byte order: its ids in `corpus.ids`, source before target, and its text in
/// `corpus.text`.
struct CacheEntry {
  std::uint64_t first_id;  // counted in ids
  std::uint32_t source_ids, target_ids;
  std::uint64_t first_byte;
  std::uint32_t source_bytes, target_bytes;
};
static_assert(sizeof(CacheEntry) == 32);

inline constexpr int kCacheVersion = 1;

struct CachePaths {
  explicit CachePaths(const std::filesystem::path& folder)
      : index(folder / "corpus.index"),
        ids(folder / "corpus.ids"),
        text(folder / "corpus.text"),
        summary(folder / "corpus.json") {}
  std::filesystem::path index, ids, text;
  std::filesystem::path summary;  // written last: where it is, the others are whole
};

}  // namespace mynah::corpus
