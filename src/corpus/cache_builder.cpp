#include <algorithm>
#include <future>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>
#include <thread>

#include "base/error.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/json.h"
#include "base/random.h"
#include "corpus/cache.h"
#include "corpus/cache_format.h"
#include "text/utf8.h"

namespace mynah::corpus {
namespace {

/// A pair on its way into the cache.
struct Prepared {
  TextPair text;
  std::vector<TokenId> source, target;
  const char* left_out = nullptr;  // why
  bool repaired = false;
};

/// Reads, tokenizes and sorts out pairs, block by block, in order.
class Preparation {
 public:
  Preparation(const CachePlan& plan, const TokenizerPair& tokenizers) : plan_(plan), tokenizers_(tokenizers) {}

  static std::vector<Prepared> read_block(PairReader& reader) {
    constexpr std::size_t kPairs = 8192;
    std::vector<Prepared> block;
    for (Prepared pair; block.size() < kPairs && reader.next(pair.text); pair = {}) block.push_back(std::move(pair));
    return block;
  }

  /// Tokenizes on all cores; each pair for itself, so that the result does not depend on how many there are.
  void prepare(std::vector<Prepared>& block) const {
    const std::size_t workers = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 16);
    std::vector<std::future<void>> work;
    for (std::size_t worker = 0; worker < workers; ++worker) {
      work.push_back(std::async(std::launch::async, [&, worker] {
        for (std::size_t pair = worker; pair < block.size(); pair += workers) prepare(block[pair]);
      }));
    }
    for (auto& part : work) part.get();
  }

 private:
  void prepare(Prepared& pair) const {
    auto& [source, target, line, fault] = pair.text;
    for (std::string* text : {&source, &target}) {
      if (is_valid_utf8(*text)) continue;
      *text = repair_utf8(*text);
      pair.repaired = true;
    }
    if (!fault.empty()) {
      pair.left_out = "no pair";
    } else if (is_blank(source) || is_blank(target)) {
      pair.left_out = "empty";
    } else {
      pair.source = encode(*tokenizers_.source, source);
      pair.target = encode(*tokenizers_.target, target);
      pair.left_out = wrong_length(pair.source.size(), pair.target.size());
    }
  }

  static std::vector<TokenId> encode(const Tokenizer& tokenizer, const std::string& text) {
    auto ids = tokenizer.encode(text);
    ids.push_back(tokenizer.vocabulary().end());
    return ids;
  }

  const char* wrong_length(std::size_t source, std::size_t target) const {
    constexpr std::size_t kShort = 10;  // too short for a ratio to mean much
    const auto [shorter, longer] = std::minmax(source, target);
    if (longer > static_cast<std::size_t>(plan_.max_length)) return "too long";
    const bool uneven = longer > kShort && static_cast<double>(longer) > plan_.max_length_ratio * static_cast<double>(shorter);
    return uneven ? "too uneven" : nullptr;
  }

  const CachePlan& plan_;
  const TokenizerPair& tokenizers_;
};

/// A uniform sample of pairs in bounded memory (Vitter's reservoir, 1985), by their numbers among all that are kept.
class HeldOut {
 public:
  HeldOut(std::int64_t most, std::uint64_t seed)
      : most_(static_cast<std::uint64_t>(std::max<std::int64_t>(most, 0))), random_(seed, kStream) {}

  void offer(std::uint64_t number, const TextPair& text) {
    const std::uint64_t place = pairs_.size() < most_ ? pairs_.size() : random_.below(number + 1);
    if (place >= most_) return;
    if (place == pairs_.size()) pairs_.emplace_back();
    pairs_[place] = {number, text};
  }

  /// No more than a tenth of `kept`, in order.
  void settle(std::uint64_t kept) {
    const std::uint64_t allowed = std::max<std::uint64_t>(kept / 10, kept > 1 ? 1 : 0);
    for (; pairs_.size() > allowed; pairs_.pop_back()) std::swap(pairs_[random_.below(pairs_.size())], pairs_.back());
    std::sort(pairs_.begin(), pairs_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  }

  const std::vector<std::pair<std::uint64_t, TextPair>>& pairs() const { return pairs_; }

 private:
  static constexpr std::uint64_t kStream = 0x4e1d;
  std::uint64_t most_;
  Random random_;
  std::vector<std::pair<std::uint64_t, TextPair>> pairs_;
};

template <class Items>
std::string_view bytes_of(const Items& items) {
  return {reinterpret_cast<const char*>(items.data()), items.size() * sizeof(items[0])};
}

/// Writes the files. All pairs that are kept go to a draft of the index; those held out are left out of the index itself.
class CacheWriter {
 public:
  CacheWriter(const std::filesystem::path& folder, const CachePlan& plan, int vocabulary)
      : plan_(plan),
        vocabulary_(vocabulary),
        paths_(remove_old(folder)),
        draft_path_(paths_.index.string() + ".draft"),
        draft_(draft_path_),
        ids_(paths_.ids.string()),
        text_(paths_.text.string()),
        held_out_(plan.hold_out, plan.seed) {}

  void begin_corpus() { corpus_begins_.push_back(kept_); }

  void add(const Prepared& pair) {
    ++account_.read;
    if (pair.repaired) ++account_.left_out["invalid UTF-8 repaired"];
    if (pair.left_out != nullptr) {
      ++account_.left_out[pair.left_out];
      return;
    }
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

  CacheAccount finish() {
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

 private:
  static CachePaths remove_old(const std::filesystem::path& folder) {
    make_folder(folder);
    CachePaths paths(folder);
    std::filesystem::remove(paths.summary);
    return paths;
  }

  void write_index() {
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

  void write_summary() const {
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

  [[noreturn]] void fail_as_empty() const {
    std::string names, reasons;
    for (const auto& source : plan_.sources) names += concat(names.empty() ? "" : "; ", name_of(source));
    for (const auto& [reason, count] : account_.left_out) reasons += concat(", ", count, " ", reason);
    throw Error(concat("no pair of the corpus is left for training: ", names, " (", account_.read, " read", reasons, ")"));
  }

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

void add_corpus(const Source& source, const Preparation& preparation, CacheWriter& writer,
                const std::function<void(const Prepared&)>& watch) {
  PairReader reader(source);
  writer.begin_corpus();
  auto block = Preparation::read_block(reader);
  while (!block.empty()) {
    if (interrupted()) throw Interrupted("interrupted while the corpus was being prepared");
    auto next = std::async(std::launch::async, [&] { return Preparation::read_block(reader); });
    preparation.prepare(block);
    for (const auto& pair : block) {
      writer.add(pair);
      watch(pair);
    }
    block = next.get();
  }
}

}  // namespace

CacheAccount Cache::build(const std::filesystem::path& folder, const CachePlan& plan, const TokenizerPair& tokenizers,
                          const Log& log, Progress* progress) {
  for (const auto& source : plan.sources) {
    if (!(source.weight > 0))
      throw Error(concat("the weight of the corpus ", name_of(source), " is ", source.weight, ": expected more than 0"));
  }
  const Preparation preparation(plan, tokenizers);
  CacheWriter writer(folder, plan, tokenizers.vocabulary->size());
  std::uint64_t read = 0;
  for (const auto& source : plan.sources) {
    bool warned = false;
    add_corpus(source, preparation, writer, [&](const Prepared& pair) {
      constexpr std::uint64_t kPairsPerUpdate = 4096;
      if (++read % kPairsPerUpdate == 0 && progress != nullptr) progress->update(read, 0, "pairs prepared");
      if (warned || pair.text.fault.empty()) return;
      log.warning(
          concat(name_of(source), ", line ", pair.text.line, ": ", pair.text.fault, "; such lines are counted and left out"));
      warned = true;
    });
  }
  if (progress != nullptr) progress->finish();
  return writer.finish();
}

}  // namespace mynah::corpus
