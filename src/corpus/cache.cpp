#include "corpus/cache.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "corpus/cache_format.h"

namespace mynah::corpus {
namespace {

template <class Item>
std::span<const Item> items(const MappedFile& file) {
  const auto bytes = file.bytes();
  return {reinterpret_cast<const Item*>(bytes.data()), bytes.size() / sizeof(Item)};
}

[[noreturn]] void fail_as_damaged(const std::filesystem::path& path, const std::string& why) {
  throw Error(concat("the prepared corpus ", path.string(), " is damaged: ", why, "; remove it to prepare the corpus anew"));
}

/// A file of the length that the summary gives.
MappedFile map(const std::filesystem::path& path, std::uint64_t size) {
  MappedFile file(path);
  if (file.bytes().size() != size) fail_as_damaged(path, concat("expected ", size, " bytes, found ", file.bytes().size()));
  return file;
}

}  // namespace

struct Cache::Files {
  CachePaths paths;
  Json summary;
  std::vector<std::uint64_t> first;
  std::vector<double> weights;
  int max_length, vocabulary;
  double mean_length;
  MappedFile index, ids, text;

  Files(const std::filesystem::path& folder, Json json)
      : paths(folder),
        summary(std::move(json)),
        max_length(summary.at("max_length").get<int>()),
        vocabulary(summary.at("vocabulary").get<int>()),
        mean_length(summary.at("mean_length").get<double>()),
        index(map(paths.index, summary.at("index_bytes").get<std::uint64_t>())),
        ids(map(paths.ids, summary.at("ids_bytes").get<std::uint64_t>())),
        text(map(paths.text, summary.at("text_bytes").get<std::uint64_t>())) {
    for (const auto& corpus : summary.at("corpora")) {
      first.push_back(corpus.at("first").get<std::uint64_t>());
      weights.push_back(corpus.at("weight").get<double>());
    }
    first.push_back(items<CacheEntry>(index).size());
  }

  const CacheEntry& entry(std::uint64_t pair) const {
    ensure(pair < first.back(), "a pair of the cache");
    const auto& found = items<CacheEntry>(index)[pair];
    const std::uint64_t ids_end = found.first_id + found.source_ids + found.target_ids;
    const std::uint64_t text_end = found.first_byte + found.source_bytes + found.target_bytes;
    if (ids_end > items<TokenId>(ids).size() || text_end > text.bytes().size()) {
      fail_as_damaged(paths.index, concat("pair ", pair, " lies outside the other files"));
    }
    return found;
  }

  std::string_view characters(std::uint64_t begin, std::size_t size) const {
    return {reinterpret_cast<const char*>(text.bytes().data()) + begin, size};
  }
};

Cache::Cache(const std::filesystem::path& folder) {
  const CachePaths paths(folder);
  Json summary = read_json(paths.summary);
  try {
    if (const int version = summary.at("version").get<int>(); version != kCacheVersion) {
      throw Error(concat("the prepared corpus ", paths.summary.string(), " has version ", version, ", this program reads ",
                         kCacheVersion, "; remove it to prepare the corpus anew"));
    }
    files_ = std::make_unique<const Files>(folder, std::move(summary));
  } catch (const Json::exception& error) {
    fail_as_damaged(paths.summary, error.what());
  }
}

Cache::~Cache() = default;
Cache::Cache(Cache&&) noexcept = default;

std::uint64_t Cache::size() const { return files_->first.back(); }
int Cache::corpora() const { return static_cast<int>(files_->weights.size()); }
std::uint64_t Cache::first(int corpus) const { return files_->first.at(static_cast<std::size_t>(corpus)); }
double Cache::weight(int corpus) const { return files_->weights.at(static_cast<std::size_t>(corpus)); }
bool Cache::has_text() const { return files_->summary.at("has_text").get<bool>(); }
int Cache::max_length() const { return files_->max_length; }
double Cache::mean_length() const { return files_->mean_length; }
int Cache::vocabulary() const { return files_->vocabulary; }

std::span<const TokenId> Cache::source(std::uint64_t pair) const {
  const auto& entry = files_->entry(pair);
  return items<TokenId>(files_->ids).subspan(entry.first_id, entry.source_ids);
}

std::span<const TokenId> Cache::target(std::uint64_t pair) const {
  const auto& entry = files_->entry(pair);
  return items<TokenId>(files_->ids).subspan(entry.first_id + entry.source_ids, entry.target_ids);
}

std::string_view Cache::source_text(std::uint64_t pair) const {
  const auto& entry = files_->entry(pair);
  return files_->characters(entry.first_byte, entry.source_bytes);
}

std::string_view Cache::target_text(std::uint64_t pair) const {
  const auto& entry = files_->entry(pair);
  return files_->characters(entry.first_byte + entry.source_bytes, entry.target_bytes);
}

std::vector<TextPair> Cache::held_out() const {
  std::vector<TextPair> pairs;
  for (const auto& pair : files_->summary.at("held_out")) {
    pairs.push_back(
        {pair.at("source").get<std::string>(), pair.at("target").get<std::string>(), pair.at("line").get<std::uint64_t>(), ""});
  }
  return pairs;
}

CacheAccount Cache::account() const {
  const auto& json = files_->summary.at("account");
  CacheAccount account{
      json.at("read").get<std::int64_t>(), json.at("kept").get<std::int64_t>(), json.at("held_out").get<std::int64_t>(), {}};
  for (const auto& [reason, count] : json.at("left_out").items()) account.left_out[reason] = count.get<std::int64_t>();
  return account;
}

}  // namespace mynah::corpus
