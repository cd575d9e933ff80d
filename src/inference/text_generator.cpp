#include "inference/text_generator.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "base/stopwatch.h"
#include "inference/guarded_decoder.h"
#include "inference/preparation.h"
#include "inference/workers.h"

namespace mynah::inference {

struct TextGenerator::Recipe {
  GenerationOptions options;
  std::shared_ptr<const search::Network> network;
  TokenizerPair tokenizers;
  Preparation preparation;
  GuardedDecoder decoder;

  PreparedLine prepare(Line line, std::string& begun) const;
};

/// The sentences of a line or, of a piece that is not the last of its line, those that end in it; `begun` takes the rest and is
/// put before the next piece.
PreparedLine TextGenerator::Recipe::prepare(Line line, std::string& begun) const {
  const std::string text = begun + repair_line(line.text, line.repairs);
  const std::size_t cut = line.complete ? text.size() : preparation.cut(text);
  PreparedLine prepared = preparation.prepare(std::string_view(text).substr(0, cut), line.complete);
  prepared.repairs = line.repairs;
  begun = text.substr(cut);
  return prepared;
}

TextGenerator::TextGenerator(std::shared_ptr<const search::Network> network, TokenizerPair tokenizers,
                             std::string source_language, std::string target_language, const GenerationOptions& options)
    : recipe_(new Recipe{options, network, tokenizers, Preparation(tokenizers, source_language, target_language, options),
                         GuardedDecoder(network, tokenizers, source_language, target_language, options)}) {}

TextGenerator::~TextGenerator() = default;

std::size_t TextGenerator::read_ahead() const { return recipe_->decoder.read_ahead(); }

Account TextGenerator::generate(const std::function<std::optional<Line>()>& next,
                                const std::function<void(const Generated&)>& done, const std::function<bool()>& stop) const {
  const Stopwatch watch;
  Workers workers(recipe_->decoder, recipe_->options, done, stop);
  try {
    for (std::string begun; !workers.stopped();) {  // the beginning of a sentence whose end is in the next piece
      std::optional<Line> line = next();
      if (!line) break;
      workers.put(recipe_->prepare(*std::move(line), begun));
    }
  } catch (...) {
    workers.finish();
    throw;
  }
  Account account = workers.finish();
  account.elapsed_seconds = watch.elapsed_seconds();
  return account;
}

Generated TextGenerator::generate_line(const std::string& line) const {
  Generated generated;
  OrderedLines lines([&](const Generated& one) { generated = one; }, 1);
  std::string begun;
  PreparedLine prepared = recipe_->prepare(line, begun);
  Generated pending;
  pending.split_sentences = prepared.split_sentences;
  pending.repairs = prepared.repairs;
  std::vector<Job> jobs;
  std::size_t longest = 0;
  for (auto& [part, source] : prepared.sentences) {
    longest = std::max(longest, source.size());
    jobs.push_back({jobs.size(), 0, jobs.size(), std::move(source), part.source});
    pending.parts.push_back(std::move(part));
  }
  recipe_->decoder.judge_line(pending.parts);
  lines.add(std::move(pending));
  if (jobs.empty()) return generated;
  std::ranges::stable_sort(jobs, std::ranges::greater(), [](const Job& job) { return job.source.size(); });
  auto waiting = jobs.begin();
  const auto model = recipe_->decoder.step_model(jobs.size(), longest);
  while (waiting != jobs.end()) {
    recipe_->decoder.decode(
        *model, [&]() { return waiting == jobs.end() ? std::nullopt : std::optional(std::move(*waiting++)); },
        [&](const Job& job, Decoded decoded) { lines.fill(job.line, job.part, std::move(decoded)); });
  }
  return generated;
}

std::string TextGenerator::generate(const std::string& text) const { return generate_line(text).text; }

std::vector<Part> TextGenerator::score(const std::vector<std::string>& sources, const std::vector<std::string>& targets) const {
  ensure(sources.size() == targets.size(), "as many targets as sources");
  const auto& [vocabulary, source_tokenizer, target_tokenizer] = recipe_->tokenizers;
  std::vector<std::vector<TokenId>> ids;  // source, target, source, target …
  for (std::size_t i = 0; i < sources.size(); ++i) {
    ids.push_back(source_tokenizer->encode(sources[i]));
    ids.push_back(target_tokenizer->encode(targets[i]));
  }
  for (auto& side : ids) side.push_back(vocabulary->end());
  std::vector<std::size_t> order(sources.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return ids[2 * i].size() + ids[2 * i + 1].size(); });
  std::vector<Part> parts(sources.size());
  for (std::span<const std::size_t> left = order; !left.empty();) {
    const auto batch = left.first(std::min(left.size(), static_cast<std::size_t>(recipe_->decoder.mini_batch())));
    left = left.subspan(batch.size());
    std::vector<search::Pair> pairs;
    for (const std::size_t i : batch) pairs.push_back({ids[2 * i], ids[2 * i + 1]});
    const bool attention = recipe_->options.alignment || recipe_->options.guard;
    const auto passes = recipe_->network->forced(pairs, {.attention = attention});
    for (std::size_t place = 0; place < batch.size(); ++place) {
      const std::size_t i = batch[place];
      parts[i] = recipe_->decoder.judged({0, 0, 0, ids[2 * i], sources[i]}, targets[i], ids[2 * i + 1], passes[place]);
    }
  }
  return parts;
}

}  // namespace mynah::inference
