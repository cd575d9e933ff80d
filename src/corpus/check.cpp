#include "corpus/check.h"

#include <algorithm>
#include <future>
#include <optional>
#include <thread>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/random.h"
#include "base/stopwatch.h"
#include "corpus/clean_copy.h"
#include "corpus/held_texts.h"
#include "corpus/seen.h"

namespace mynah::corpus {
namespace {

using Block = std::vector<CheckedPair>;

Block read_block(PairReader& reader) {
  constexpr std::size_t kPairs = 16384, kBytes = std::size_t{16} << 20;
  Block block;
  std::size_t bytes = 0;
  for (CheckedPair pair; block.size() < kPairs && bytes < kBytes && reader.next(pair.text); pair = {}) {
    pair.raw = reader.line();
    bytes += pair.text.source.size() + pair.text.target.size() + pair.raw.size();
    block.push_back(std::move(pair));
  }
  return block;
}

/// Each pair for itself, on all cores.
void check_block(Block& block, const PairRules& rules, int threads) {
  const auto cores = static_cast<int>(std::thread::hardware_concurrency());
  const auto workers = static_cast<std::size_t>(std::clamp(threads > 0 ? threads : cores, 1, 64));
  std::vector<std::future<void>> work;
  for (std::size_t worker = 0; worker < workers; ++worker) {
    work.push_back(std::async(std::launch::async, [&, worker] {
      for (std::size_t pair = worker; pair < block.size(); pair += workers) check_pair(block[pair], rules);
    }));
  }
  for (auto& part : work) part.get();
}

/// Whether sides and pairs stood further up. The kinds of fingerprints share one sketch, told apart by what they are mixed with.
class Repetitions {
 public:
  explicit Repetitions(std::uint64_t memory) : seen_(memory) {}

  void look_up(CheckedPair& pair) const {
    const Keys keys = keys_of(pair);
    if (seen_.contains(keys.pair)) return add(pair, Fault::duplicate);
    if (keys.plain != 0 && seen_.contains(keys.plain)) return add(pair, Fault::near_duplicate);
    if (seen_.contains(keys.source)) add(pair, Fault::several_targets);
    if (seen_.contains(keys.target)) add(pair, Fault::several_sources);
  }

  void remember(const CheckedPair& pair) {
    const std::uint64_t before = seen_.forgotten();
    const Keys keys = keys_of(pair);
    for (const std::uint64_t key : {keys.pair, keys.plain, keys.source, keys.target}) {
      if (key != 0) seen_.insert(key);
    }
    ++(seen_.forgotten() == before ? remembered_ : forgotten_);
  }

  std::uint64_t remembered() const { return remembered_; }
  std::uint64_t forgotten() const { return forgotten_; }

 private:
  struct Keys {
    std::uint64_t pair, plain, source, target;
  };

  static Keys keys_of(const CheckedPair& pair) {
    const auto both = [](std::uint64_t source, std::uint64_t target) { return mix64(source ^ mix64(target)); };
    const bool any = pair.plain_source != 0 && pair.plain_target != 0;
    return {both(pair.source, pair.target), any ? both(pair.plain_source, mix64(pair.plain_target)) : 0, mix64(pair.source ^ 1),
            mix64(pair.target ^ 2)};
  }

  static void add(CheckedPair& pair, Fault fault) { pair.found.push_back({fault, ""}); }

  Seen seen_;
  std::uint64_t remembered_ = 0, forgotten_ = 0;
};

/// The texts that are held, and what to call the overlap with them.
struct Held {
  HeldTexts texts;
  Fault pair, source, target;

  void look_up(CheckedPair& checked) const {
    const auto found = [&](Fault fault, const std::string& place) {
      if (!place.empty()) checked.found.push_back({fault, place});
      return !place.empty();
    };
    if (found(pair, texts.pair(checked))) return;
    found(source, texts.source(checked));
    found(target, texts.target(checked));
  }
};

class Check {
 public:
  Check(const CheckPlan& plan, Progress* progress)
      : plan_(plan),
        progress_(progress),
        rules_(plan.rules),
        held_{Held{HeldTexts(plan.valid), Fault::in_valid, Fault::source_in_valid, Fault::target_in_valid},
              Held{HeldTexts(plan.tests), Fault::in_test, Fault::source_in_test, Fault::target_in_test}},
        repetitions_(plan.memory),
        account_(plan.examples, plan.left_out) {
    if (!plan.copy.empty()) copy_.emplace(plan.copy, plan.sources);
  }

  CheckReport run() {
    for (std::size_t corpus = 0; corpus < plan_.sources.size(); ++corpus) check(corpus);
    if (progress_ != nullptr) progress_->finish();
    CheckReport& report = account_.report();
    if (copy_) copy_->commit();
    for (std::size_t corpus = 0; copy_ && corpus < plan_.sources.size(); ++corpus) {
      const auto& paths = copy_->source(corpus).paths;
      report.copies.insert(report.copies.end(), paths.begin(), paths.end());
    }
    report.compared = repetitions_.remembered();
    report.not_compared = repetitions_.forgotten();
    report.length_ratio = rules_.lengths.ratio();
    report.seconds = stopwatch_.elapsed_seconds();
    return report;
  }

 private:
  void check(std::size_t corpus) {
    account_.begin_corpus(plan_.sources[corpus]);
    PairReader reader(plan_.sources[corpus]);
    Block block = read_block(reader);
    if (!rules_.lengths.learnt()) learn_lengths(block);
    while (!block.empty()) {
      if (interrupted()) throw Interrupted("interrupted while the corpora were being checked; nothing was written");
      auto next = std::async(std::launch::async, [&] { return read_block(reader); });
      check_block(block, rules_, plan_.threads);
      for (CheckedPair& pair : block) take(corpus, pair);
      block = next.get();
      if (progress_ != nullptr) progress_->update(done_, 0, "pairs checked");
    }
  }

  void learn_lengths(const Block& block) {
    std::vector<TextPair> pairs;
    for (const CheckedPair& pair : block) pairs.push_back(pair.text);
    rules_.lengths = LengthModel(pairs);
  }

  /// Compares with other pairs what is whole in itself, and decides.
  void take(std::size_t corpus, CheckedPair& pair) {
    ++done_;
    if (pair.source != 0) {
      for (const Held& held : held_) held.look_up(pair);
      const bool noise = std::any_of(pair.found.begin(), pair.found.end(),
                                     [&](const Found& found) { return plan_.left_out.contains(found.fault); });
      if (!noise) {
        repetitions_.look_up(pair);
        repetitions_.remember(pair);
      }
    }
    if (account_.add(pair) && copy_) copy_->add(corpus, pair);
  }

  const CheckPlan& plan_;
  Progress* progress_;
  Stopwatch stopwatch_;
  PairRules rules_;
  Held held_[2];
  Repetitions repetitions_;
  CheckAccount account_;
  std::optional<CleanCopy> copy_;
  std::uint64_t done_ = 0;
};

}  // namespace

CheckReport check_corpora(const CheckPlan& plan, Progress* progress) { return Check(plan, progress).run(); }

}  // namespace mynah::corpus
