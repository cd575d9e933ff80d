#include "corpus/cache_writer.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>

#include "base/error.h"
#include "base/json.h"

namespace mynah::corpus {
namespace {

template <class Items>
std::string_view bytes_of(const Items& items) {
  return {reinterpret_cast<const char*>(items.data()), items.size() * sizeof(items[0])};
}

CachePaths cleared(const std::filesystem::path& folder) {
  make_folder(folder);
  CachePaths paths(folder);
  std::error_code ignored;  // a folder that cannot be written to says so when the files are opened
  std::filesystem::remove(paths.summary, ignored);
  return paths;
}

}  // namespace

CacheWriter::CacheWriter(const std::filesystem::path& folder, const CachePlan& plan, int vocabulary)
    : plan_(plan),
      vocabulary_(vocabulary),
      paths_(cleared(folder)),
      draft_path_(paths_.index.string() + ".draft"),
      draft_(draft_path_),
      ids_(paths_.ids.string()),
      text_(paths_.text.string()),
      held_out_(plan.hold_out, plan.seed) {}

void CacheWriter::begin_corpus() { corpus_begins_.push_back(kept_); }

void CacheWriter::add(const Prepared& pair) {
  ++account_.read;
  if (pair.repaired) ++account_.left_out["invalid UTF-8 repaired"];
  if (pair.left_out != nullptr) {
    ++account_.left_out[pair.left_out];
    return;
  }
  if (pair.reduced) ++account_.left_out["reduced to best sentences"];
  const auto size = [](const auto& items) { return static_cast<std::uint32_t>(items.size()); };
  CacheEntry entry{id_count_, size(pair.source), size(pair.target), text_bytes_, 0, 0};
  ids_.write(bytes_of(pair.source));
  ids_.write(bytes_of(pair.target));
  id_count_ += pair.source.size() + pair.target.size();
  if (plan_.keep_text) {
    entry.source_bytes = size(pair.text.source);
    entry.target_bytes = size(pair.text.target);
    text_.write(pair.text.source);
    text_.write(pair.text.target);
    text_bytes_ += pair.text.source.size() + pair.text.target.size();
  }
  draft_.write(bytes_of(std::span(&entry, 1)));
  held_out_.offer(kept_++, pair.text);
}

CacheAccount CacheWriter::finish() {
  held_out_.settle(kept_);
  account_.held_out = static_cast<std::int64_t>(held_out_.pairs().size());
  account_.kept = static_cast<std::int64_t>(kept_) - account_.held_out;
  if (account_.kept == 0) fail_as_empty();
  draft_.commit();
  ids_.commit();
  text_.commit();
  write_index();
  std::filesystem::remove(draft_path_);
  write_summary();
  return account_;
}

void CacheWriter::write_index() {
  const MappedFile draft(draft_path_);
  const std::span entries(reinterpret_cast<const CacheEntry*>(draft.bytes().data()), kept_);
  OutputFile index(paths_.index.string());
  auto held = held_out_.pairs().begin();
  auto begin = corpus_begins_.begin();
  std::uint64_t written = 0;
  for (std::uint64_t number = 0; number < kept_; ++number) {
    for (; begin != corpus_begins_.end() && *begin == number; ++begin) *begin = written;
    if (held != held_out_.pairs().end() && held->first == number) {
      ++held;
      continue;
    }
    index.write(bytes_of(entries.subspan(number, 1)));
    longer_ids_ += std::max(entries[number].source_ids, entries[number].target_ids);
    ++written;
  }
  std::fill(begin, corpus_begins_.end(), written);  // corpora of which nothing was left
  index.commit();
}

void CacheWriter::write_summary() const {
  Json corpora = Json::array(), held_out = Json::array();
  for (std::size_t corpus = 0; corpus < plan_.sources.size(); ++corpus) {
    const auto& source = plan_.sources[corpus];
    corpora.push_back({{"name", name_of(source)}, {"first", corpus_begins_[corpus]}, {"weight", source.weight}});
  }
  for (const auto& [number, pair] : held_out_.pairs()) {
    held_out.push_back({{"source", pair.source}, {"target", pair.target}, {"line", pair.line}});
  }
  write_json(
      paths_.summary,
      {{"version", kCacheVersion},
       {"vocabulary", vocabulary_},
       {"max_length", plan_.max_length},
       {"mean_length", static_cast<double>(longer_ids_) / static_cast<double>(account_.kept)},
       {"has_text", plan_.keep_text},
       {"index_bytes", static_cast<std::uint64_t>(account_.kept) * sizeof(CacheEntry)},
       {"ids_bytes", id_count_ * sizeof(TokenId)},
       {"text_bytes", text_bytes_},
       {"corpora", corpora},
       {"account",
        {{"read", account_.read}, {"kept", account_.kept}, {"held_out", account_.held_out}, {"left_out", account_.left_out}}},
       {"held_out", held_out}});
}

void CacheWriter::fail_as_empty() const {
  std::string names, reasons;
  for (const auto& source : plan_.sources) names += concat(names.empty() ? "" : "; ", name_of(source));
  for (const auto& [reason, count] : account_.left_out) reasons += concat(", ", count, " ", reason);
  throw Error(concat("no pair of the corpus is left for training: ", names, " (", account_.read, " read", reasons, ")"));
}

}  // namespace mynah::corpus
