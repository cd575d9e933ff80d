// A small corpus on disk and tokenizers for it.
#pragma once
#include <string>
#include <vector>

#include "../base/temporary_folder.h"
#include "../text/small_corpus.h"
#include "base/error.h"
#include "corpus/cache.h"
#include "text/tokenizer_training.h"

namespace mynah::corpus {

inline EachLine each(const std::vector<std::string>& lines) {
  return [&lines](const std::function<void(std::string_view)>& visit) {
    for (const auto& line : lines) visit(line);
  };
}

/// One for all tests of the process.
inline const TokenizerPair& tokenizers(bool separate = false) {
  const auto train = [](bool two) {
    const auto corpus = small_corpus();
    TokenizerTraining options;
    options.vocabulary = two ? 330 : 400;
    options.separate = two;
    return train_tokenizers(options, each(corpus.source), each(corpus.target), Log());
  };
  static const TokenizerPair joint = train(false), two = train(true);
  return separate ? two : joint;
}

inline std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

/// Writes NAME.source and NAME.target.
inline Source write_corpus(const TemporaryFolder& folder, const std::string& name, const SmallCorpus& corpus, double weight = 1) {
  return {
      {folder.file(name + ".source", joined(corpus.source)), folder.file(name + ".target", joined(corpus.target))}, {}, weight};
}

/// The ids that the cache should hold.
inline std::vector<TokenId> ids_of(const Tokenizer& tokenizer, const std::string& text) {
  auto ids = tokenizer.encode(text);
  ids.push_back(0);
  return ids;
}

/// A cache built from made-up corpora.
struct Built {
  TemporaryFolder folder;
  CacheAccount account;
  std::vector<std::string> log;

  explicit Built(const SmallCorpus& corpus, CachePlan plan = {}) {
    plan.sources = {write_corpus(folder, "corpus", corpus)};
    build(plan);
  }
  explicit Built(const std::vector<SmallCorpus>& corpora, CachePlan plan = {}) {
    for (const auto& corpus : corpora)
      plan.sources.push_back(write_corpus(folder, concat("corpus", plan.sources.size()), corpus));
    build(plan);
  }
  void build(const CachePlan& plan) {
    account = Cache::build(folder.path() / "cache", plan, tokenizers(),
                           Log([this](LogLevel, std::string_view line) { log.emplace_back(line); }), nullptr);
  }
  Cache cache() const { return Cache(folder.path() / "cache"); }
};

}  // namespace mynah::corpus
