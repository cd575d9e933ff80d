#include "corpus/cache.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "corpus/cache_files.h"

namespace mynah::corpus {
namespace fs = std::filesystem;
namespace {

/// The elements of a mapped file. Throws Error when its length is not what corpus.json says.
template <class T>
std::span<const T> elements_of(const MappedFile& file, std::uint64_t count) {
  if (file.bytes().size() != count * sizeof(T)) {
    throw Error(concat("opening the prepared corpus ", file.path().string(), ": expected ", count * sizeof(T), " bytes, found ",
                       file.bytes().size(), "; it is damaged: delete its folder's corpus.json to have it prepared anew"));
  }
  return {reinterpret_cast<const T*>(file.bytes().data()), static_cast<std::size_t>(count)};
}

}  // namespace

struct Cache::Files {
  explicit Files(const fs::path& folder)
      : meta(read_cache_meta(folder)), ids_file(folder / kIdsFile), offsets_file(folder / kOffsetsFile) {
    ids = elements_of<TokenId>(ids_file, meta.ids);
    offsets = elements_of<std::uint64_t>(offsets_file, 2 * meta.pairs + 1);
    if (!meta.keep_text) return;
    text_file.emplace(folder / kTextFile);
    text_offsets_file.emplace(folder / kTextOffsetsFile);
    text = elements_of<char>(*text_file, meta.text_bytes);
    text_offsets = elements_of<std::uint64_t>(*text_offsets_file, 2 * meta.pairs + 1);
  }

  /// Where training pair `pair` stands among all that were kept: those held out are stepped over.
  std::uint64_t stored(std::uint64_t pair) const {
    // held_out is sorted; held_out[h] − h training pairs stand in front of the h-th held-out one.
    std::size_t low = 0, high = meta.held_out.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (meta.held_out[middle] - middle <= pair)
        low = middle + 1;
      else
        high = middle;
    }
    return pair + low;
  }

  std::span<const TokenId> side(std::uint64_t pair, int side) const {
    const std::uint64_t index = 2 * stored(pair) + static_cast<std::uint64_t>(side);
    return ids.subspan(offsets[index], offsets[index + 1] - offsets[index]);
  }

  std::string_view side_text(std::uint64_t pair, int side) const {
    ensure(meta.keep_text, "a cache prepared with its text");
    const std::uint64_t index = 2 * stored(pair) + static_cast<std::uint64_t>(side);
    return {text.data() + text_offsets[index], static_cast<std::size_t>(text_offsets[index + 1] - text_offsets[index])};
  }

  CacheMeta meta;
  MappedFile ids_file, offsets_file;
  std::optional<MappedFile> text_file, text_offsets_file;
  std::span<const TokenId> ids;
  std::span<const std::uint64_t> offsets, text_offsets;
  std::span<const char> text;
};

Cache::Cache(const fs::path& folder) : files_(std::make_unique<Files>(folder)) {}
Cache::~Cache() = default;
Cache::Cache(Cache&&) noexcept = default;

std::uint64_t Cache::size() const { return files_->meta.pairs - files_->meta.held_out.size(); }
int Cache::corpora() const { return static_cast<int>(files_->meta.weights.size()); }
std::uint64_t Cache::first(int corpus) const { return files_->meta.first[static_cast<std::size_t>(corpus)]; }
double Cache::weight(int corpus) const { return files_->meta.weights[static_cast<std::size_t>(corpus)]; }
std::span<const TokenId> Cache::source(std::uint64_t pair) const { return files_->side(pair, 0); }
std::span<const TokenId> Cache::target(std::uint64_t pair) const { return files_->side(pair, 1); }
std::string_view Cache::source_text(std::uint64_t pair) const { return files_->side_text(pair, 0); }
std::string_view Cache::target_text(std::uint64_t pair) const { return files_->side_text(pair, 1); }
std::vector<TextPair> Cache::held_out() const { return files_->meta.held_out_pairs; }
CacheAccount Cache::account() const { return files_->meta.account; }

}  // namespace mynah::corpus
