#include "training/validation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/interrupt.h"
#include "inference/text_generator.h"
#include "metrics/metric.h"
#include "nn/libtorch_network.h"

namespace mynah::training {
namespace {

using corpus::Batch;

std::vector<TokenId> encode(const Tokenizer& tokenizer, const std::string& text) {
  std::vector<TokenId> ids = tokenizer.encode(text);
  ids.push_back(tokenizer.vocabulary().end());
  return ids;
}

/// Pairs of similar length side by side, in batches of at most `budget` ids on the longer side, padding counted.
std::vector<Batch> cut_into_batches(const Batch& pairs, std::int64_t budget) {
  const auto length = [&](std::size_t pair) { return std::max(pairs.source[pair].size(), pairs.target[pair].size()); };
  std::vector<std::size_t> order(pairs.target.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return length(a) < length(b); });
  std::vector<Batch> batches;
  for (const std::size_t pair : order) {
    if (batches.empty() || (batches.back().target.size() + 1) * length(pair) > static_cast<std::size_t>(budget)) {
      batches.emplace_back();
    }
    batches.back().source.push_back(pairs.source[pair]);
    batches.back().target.push_back(pairs.target[pair]);
  }
  return batches;
}

}  // namespace

Validation::Validation(const std::vector<corpus::TextPair>& pairs, const TokenizerPair& tokenizers,
                       const model::Languages& languages, const TrainingOptions& options, const Log& log)
    : tokenizers_(tokenizers),
      languages_(languages),
      metrics_(options.valid_metrics),
      beam_(options.valid_beam),
      max_length_(options.max_length) {
  Batch scored;
  for (const corpus::TextPair& pair : pairs) {
    sources_.push_back(pair.source);
    references_.push_back(pair.target);
    std::vector<TokenId> source = encode(*tokenizers.source, pair.source), target = encode(*tokenizers.target, pair.target);
    const auto longest = std::max(source.size(), target.size()), shortest = std::min(source.size(), target.size());
    if (shortest < 2 || longest > static_cast<std::size_t>(options.max_length)) continue;
    scored.source.push_back(std::move(source));
    scored.target.push_back(std::move(target));
  }
  if (scored.target.empty()) {
    throw Error(concat("validation text: none of its ", pairs.size(),
                       " pairs can be scored; each is empty on a side or longer than ", "--max-length ", options.max_length));
  }
  if (scored.target.size() < pairs.size()) {
    log.info(concat("Validation loss looks at ", scored.target.size(), " of ", pairs.size(),
                    " pairs; the others are empty or longer than --max-length"));
  }
  batches_ = cut_into_batches(scored, options.mini_batch_words);
}

std::optional<Scores> Validation::run(Replicas& replicas) const {
  replicas.train(false);
  Scores scores;
  std::optional<double> cross_entropy;
  std::optional<std::vector<std::string>> translations;
  for (const std::string& metric : metrics_) {
    if (needs_translations(metric)) {
      if (!translations) translations = translate(replicas);
      if (!translations) break;
      const metrics::MetricOptions options{.tokenize = "", .lowercase = false, .target_language = languages_.target};
      scores.emplace_back(metric, metrics::score(metric, *translations, references_, options).value);
    } else {
      if (!cross_entropy) cross_entropy = replicas.evaluate(batches_);
      scores.emplace_back(metric, metric == "perplexity" ? std::exp(*cross_entropy) : *cross_entropy);
    }
  }
  replicas.train(true);
  return scores.size() == metrics_.size() ? std::optional(scores) : std::nullopt;
}

std::optional<std::vector<std::string>> Validation::translate(Replicas& replicas) const {
  inference::GenerationOptions options;
  options.search.beam = beam_;
  options.split_sentences = false;  // a line of training text is one unit, whatever it holds
  options.max_source_length = max_length_;
  options.threads = replicas.team().size();
  const inference::TextGenerator generator(nn::make_network(replicas.network(), tokenizers_.vocabulary->pad()), tokenizers_,
                                           languages_.source, languages_.target, options);
  std::vector<std::string> translations;
  std::size_t next = 0;
  const auto read = [&]() { return next < sources_.size() ? std::optional(sources_[next++]) : std::nullopt; };
  generator.generate(
      read, [&](const inference::Generated& line) { translations.push_back(line.text); }, interrupted);
  return interrupted() ? std::nullopt : std::optional(translations);
}

}  // namespace mynah::training
