// Cache::build: reads, repairs, encodes and filters pairs in blocks, several threads encoding; order and outcome never depend on
// them.
#include <algorithm>
#include <future>
#include <thread>

#include "base/error.h"
#include "base/files.h"
#include "base/random.h"
#include "corpus/cache_files.h"
#include "text/utf8.h"

namespace mynah::corpus {
namespace {

constexpr std::size_t kBlock = 8192;  // pairs in memory at a time

struct Encoded {
  TextPair text;
  std::vector<TokenId> source, target;
  bool repaired = false;
  const char* left_out = nullptr;  // the reason
};

bool repair(std::string& text) {
  if (is_valid_utf8(text)) return false;
  text = repair_utf8(text);
  return true;
}

const char* reason_to_leave_out(const Encoded& pair, const CachePlan& plan) {
  const double shorter = static_cast<double>(std::min(pair.source.size(), pair.target.size()));
  const double longer = static_cast<double>(std::max(pair.source.size(), pair.target.size()));
  if (longer > plan.max_length) return "too long";
  if (longer > 10 && longer > plan.max_length_ratio * shorter) return "too uneven";
  return nullptr;
}

void encode(Encoded& pair, const CachePlan& plan, const TokenizerPair& tokenizers) {
  const bool source_repaired = repair(pair.text.source), target_repaired = repair(pair.text.target);
  pair.repaired = source_repaired || target_repaired;
  if (is_blank(pair.text.source) || is_blank(pair.text.target)) {
    pair.left_out = "empty";
    return;
  }
  pair.source = tokenizers.source->encode(pair.text.source);
  pair.target = tokenizers.target->encode(pair.text.target);
  pair.source.push_back(tokenizers.vocabulary->end());
  pair.target.push_back(tokenizers.vocabulary->end());
  pair.left_out = reason_to_leave_out(pair, plan);
}

void encode_block(std::vector<Encoded>& block, const CachePlan& plan, const TokenizerPair& tokenizers) {
  const std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::future<void>> shares;
  for (std::size_t share = 0; share < threads; ++share) {
    shares.push_back(std::async(std::launch::async, [&, share] {
      for (std::size_t i = share; i < block.size(); i += threads) encode(block[i], plan, tokenizers);
    }));
  }
  for (auto& share : shares) share.get();
}

/// A uniform sample of the kept pairs (reservoir sampling, Vitter 1985).
class HoldOut {
 public:
  HoldOut(std::int64_t size, std::uint64_t seed)
      : size_(static_cast<std::size_t>(std::max<std::int64_t>(0, size))), random_(seed, 1) {}

  void offer(std::uint64_t index, const TextPair& pair) {
    if (drawn_.size() < size_) {
      drawn_.emplace_back(index, pair);
    } else if (size_ > 0) {
      const std::uint64_t place = random_.below(index + 1);
      if (place < size_) drawn_[place] = {index, pair};
    }
  }

  void finish(CacheMeta& meta) {
    std::ranges::sort(drawn_, {}, [](const auto& entry) { return entry.first; });
    for (auto& [index, pair] : drawn_) {
      meta.held_out.push_back(index);
      meta.held_out_pairs.push_back(std::move(pair));
    }
    meta.account.held_out = static_cast<std::int64_t>(meta.held_out.size());
  }

 private:
  std::size_t size_;
  Random random_;
  std::vector<std::pair<std::uint64_t, TextPair>> drawn_;
};

template <class T>
std::string_view bytes_of(const T* values, std::size_t count) {
  return {reinterpret_cast<const char*>(values), count * sizeof(T)};
}

/// The growing files of one cache.
class Writer {
 public:
  Writer(const std::filesystem::path& folder, const CachePlan& plan)
      : folder_(folder),
        keep_text_(plan.keep_text),
        ids_(folder / kIdsFile),
        offsets_(folder / kOffsetsFile),
        text_(folder / kTextFile),
        text_offsets_(folder / kTextOffsetsFile),
        hold_out_(plan.hold_out, plan.seed) {
    // Whatever is interrupted from here on leaves no corpus.json, so that no mixture of old and new arrays can be opened.
    std::filesystem::remove(folder / kMetaFile);
    meta_.keep_text = plan.keep_text;
  }

  void begin_corpus(double weight) {
    meta_.weights.push_back(weight);
    starts_.push_back(meta_.pairs);
  }

  void take(const Encoded& pair) {
    CacheAccount& account = meta_.account;
    ++account.read;
    if (pair.repaired) ++account.left_out["invalid UTF-8 repaired (kept)"];
    if (pair.left_out) {
      ++account.left_out[pair.left_out];
      return;
    }
    ++account.kept;
    hold_out_.offer(meta_.pairs++, pair.text);
    write_ids(pair.source);
    write_ids(pair.target);
    if (keep_text_) {
      write_text(pair.text.source);
      write_text(pair.text.target);
    }
  }

  CacheAccount finish() {
    hold_out_.finish(meta_);
    if (meta_.pairs == meta_.held_out.size()) throw Error(nothing_left());
    starts_.push_back(meta_.pairs);
    for (const std::uint64_t start : starts_) {
      meta_.first.push_back(start -
                            static_cast<std::uint64_t>(std::ranges::lower_bound(meta_.held_out, start) - meta_.held_out.begin()));
    }
    meta_.account.kept -= meta_.account.held_out;
    offsets_.write(bytes_of(&meta_.ids, 1));
    text_offsets_.write(bytes_of(&meta_.text_bytes, 1));
    for (OutputFile* file : {&ids_, &offsets_, &text_, &text_offsets_}) file->commit();
    write_cache_meta(folder_, meta_);
    return meta_.account;
  }

 private:
  void write_ids(const std::vector<TokenId>& ids) {
    offsets_.write(bytes_of(&meta_.ids, 1));
    ids_.write(bytes_of(ids.data(), ids.size()));
    meta_.ids += ids.size();
  }

  void write_text(const std::string& text) {
    text_offsets_.write(bytes_of(&meta_.text_bytes, 1));
    text_.write(text);
    meta_.text_bytes += text.size();
  }

  std::string nothing_left() const {
    std::string reasons;
    for (const auto& [reason, count] : meta_.account.left_out) reasons += concat(reasons.empty() ? "" : ", ", count, " ", reason);
    return concat("preparing the corpus: expected at least one pair to train on, found none among ", meta_.account.read, " read",
                  reasons.empty() ? "" : " (" + reasons + ")",
                  meta_.held_out.empty() ? ""
                                         : concat("; ", meta_.held_out.size(),
                                                  " were held out for validation: give --valid-sets or a smaller --hold-out"));
  }

  std::filesystem::path folder_;
  bool keep_text_;
  OutputFile ids_, offsets_, text_, text_offsets_;
  HoldOut hold_out_;
  CacheMeta meta_;
  std::vector<std::uint64_t> starts_;
};

}  // namespace

CacheAccount Cache::build(const std::filesystem::path& folder, const CachePlan& plan, const TokenizerPair& tokenizers,
                          const Log& log, Progress* progress) {
  make_folder(folder);
  Writer writer(folder, plan);
  std::uint64_t read = 0;
  for (const Source& source : plan.sources) {
    writer.begin_corpus(source.weight);
    PairReader reader(source);
    std::vector<Encoded> block(kBlock);
    for (bool more = true; more;) {
      block.clear();
      TextPair pair;
      while (block.size() < kBlock && (more = reader.next(pair))) block.emplace_back().text = pair;
      encode_block(block, plan, tokenizers);
      for (const Encoded& encoded : block) writer.take(encoded);
      read += block.size();
      if (progress) progress->update(read, 0, "pairs prepared");
    }
  }
  if (progress) progress->finish();
  const CacheAccount account = writer.finish();
  log.debug(concat("prepared ", account.kept, " pairs in ", folder.string()));
  return account;
}

}  // namespace mynah::corpus
