// A network for tests that says what it hears: the likeliest target is the source, piece by piece, so that text which comes back
// unchanged has been through everything but a real network.
#pragma once
#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "search/network.h"
#include "text/tokenizer_training.h"

namespace mynah::inference {

/// Tokenizers for English and Chinese, trained once on a few lines; bytes stand in for what they never saw.
inline TokenizerPair test_tokenizers() {
  static const TokenizerPair tokenizers = [] {
    const EachLine lines = [](const std::function<void(std::string_view)>& each) {
      for (const char* line : {"The cat sleeps on the mat.", "A dog runs after the cat.", "Birds sing in the morning.",
                               "I like green tea, and you like coffee.", "The sun shines; it is warm.", "你好，世界。",
                               "猫在睡觉。", "我喜欢喝绿茶。", "Where is the station? It is over there!"}) {
        each(line);
      }
    };
    TokenizerTraining options;
    options.vocabulary = 320;
    options.source_language = "en";
    options.target_language = "zh";
    return train_tokenizers(options, lines, lines, Log());
  }();
  return tokenizers;
}

/// What the test sees and what it may break.
struct EchoWatch {
  std::atomic<int> step_models = 0, steps = 0;
  std::atomic<int> most_rows = 0;
  std::atomic<int> listed = 0, unlisted = 0;  // sentences with a shortlist and without
  std::mutex mutex;
  std::set<std::thread::id> threads;
  std::function<void(std::span<const TokenId> source)> on_admission;  // may throw or wait
  /// The token said instead of the right one at a position of the target, which then comes second; none: no mistake.
  std::function<std::optional<TokenId>(std::span<const TokenId> source, std::size_t position)> mistake;
};

class EchoStepModel final : public search::StepModel {
 public:
  EchoStepModel(int vocabulary, const search::Capacity& capacity, EchoWatch& watch)
      : vocabulary_(vocabulary), capacity_(capacity), watch_(watch) {}

  int vocabulary() const override { return vocabulary_; }
  int rows() const override { return static_cast<int>(rows_.size()); }
  int free_rows() const override { return capacity_.rows - rows(); }

  void advance(std::span<const search::Continuation> continuations, std::span<const search::Admission> admissions) override {
    std::vector<Row> grown;
    for (const auto& [parent, token] : continuations) {
      grown.push_back(rows_.at(static_cast<std::size_t>(parent)));
      ++grown.back().position;
    }
    for (const auto& admission : admissions) {
      if (watch_.on_admission) watch_.on_admission(admission.source);
      if (std::ssize(admission.source) > capacity_.source_length) throw std::logic_error("longer than it was made for");
      if (std::ssize(admission.allowed) > capacity_.shortlist) throw std::logic_error("a longer shortlist than it was made for");
      ++(admission.allowed.empty() ? watch_.unlisted : watch_.listed);
      grown.push_back({{admission.source.begin(), admission.source.end()},
                       admission.prefix.size(),
                       {admission.allowed.begin(), admission.allowed.end()}});
    }
    rows_ = std::move(grown);
    if (free_rows() < 0) throw std::logic_error("more rows than fit");
    watch_.most_rows = std::max(watch_.most_rows.load(), rows());
    ++watch_.steps;
    const std::lock_guard lock(watch_.mutex);
    watch_.threads.insert(std::this_thread::get_id());
  }

  void top(int count, std::span<const std::span<const TokenId>> forbidden, std::span<search::Candidate> candidates) override {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      std::vector<search::Candidate> best;
      for (TokenId token = 0; token < vocabulary_ - 1; ++token) {
        if (std::ranges::find(forbidden[row], token) != forbidden[row].end()) continue;
        best.push_back({token, probability(rows_[row], token)});
      }
      std::ranges::stable_sort(best, std::greater<>(), &search::Candidate::log_probability);
      std::copy_n(best.begin(), count, candidates.begin() + static_cast<std::ptrdiff_t>(row) * count);
    }
  }
  void named(int, std::span<const TokenId>, std::span<float>) override {}
  void all(std::span<float> values) override {
    auto place = values.begin();
    for (const Row& row : rows_) {
      for (TokenId token = 0; token < vocabulary_; ++token) *place++ = probability(row, token);
    }
  }

 private:
  struct Row {
    std::vector<TokenId> source;
    std::size_t position;
    std::vector<TokenId> allowed;
  };
  /// 0.9 for the piece to be echoed, the rest spread unevenly over the others, `</s>` last (or beams would fill with short ones).
  float probability(const Row& row, TokenId token) const {
    const bool is_allowed = row.allowed.empty() || std::ranges::binary_search(row.allowed, token);
    if (token == vocabulary_ - 1 || !is_allowed) return -std::numeric_limits<float>::infinity();
    const TokenId wanted = row.source[std::min(row.position, row.source.size() - 1)];
    const std::optional<TokenId> mistake = watch_.mistake ? watch_.mistake(row.source, row.position) : std::nullopt;
    if (token == mistake) return std::log(0.6F);
    if (token == wanted) return mistake ? std::log(0.3F) : std::log(0.9F);
    return std::log(0.1F / static_cast<float>(vocabulary_)) - 0.001F * static_cast<float>(vocabulary_ - token);
  }

  int vocabulary_;
  search::Capacity capacity_;
  EchoWatch& watch_;
  std::vector<Row> rows_;
};

class EchoNetwork final : public search::Network {
 public:
  explicit EchoNetwork(int vocabulary) : vocabulary_(vocabulary) {}

  std::unique_ptr<search::StepModel> step_model(const search::Capacity& capacity) const override {
    ++watch_.step_models;
    return std::make_unique<EchoStepModel>(vocabulary_, capacity, watch_);
  }

  /// Target piece i looks at source piece i most, and at `</s>` even more.
  std::vector<search::ForcedPass> forced(std::span<const search::Pair> pairs, search::ForcedWish wish) const override {
    std::vector<search::ForcedPass> passes;
    for (const auto& [source, target] : pairs) {
      search::ForcedPass pass;
      for (std::size_t i = 0; i < target.size(); ++i) {
        if (wish.log_probabilities)
          pass.log_probabilities.push_back(i < source.size() && source[i] == target[i] ? std::log(0.9F) : std::log(0.01F));
        for (std::size_t j = 0; wish.attention && j < source.size(); ++j) {
          pass.attention.push_back(j + 1 == source.size() ? 0.6F : i == j ? 0.4F : 0.0F);
        }
      }
      passes.push_back(std::move(pass));
    }
    return passes;
  }

  EchoWatch& watch() const { return watch_; }

 private:
  int vocabulary_;
  mutable EchoWatch watch_;
};

inline std::shared_ptr<EchoNetwork> echo_network() { return std::make_shared<EchoNetwork>(test_tokenizers().vocabulary->size()); }

}  // namespace mynah::inference
