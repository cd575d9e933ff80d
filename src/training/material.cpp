#include "training/material.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "corpus/document_reduction.h"
#include "text/tokenizer_training.h"
#include "training/corpora.h"

namespace mynah::training {
namespace {

namespace fs = std::filesystem;

fs::path checkpoint_folder(const TrainingOptions& options) { return fs::path(options.model) / "checkpoint"; }

void stop_if_interrupted(const char* meanwhile) {
  if (interrupted()) throw Interrupted(concat("interrupted while ", meanwhile, "; nothing was learnt yet"));
}

/// Standard input can be read only once, training text is read twice: it is kept in a file.
void spool_standard_input(std::vector<corpus::Source>& corpora, const fs::path& folder) {
  for (corpus::Source& corpus : corpora) {
    for (std::string& path : corpus.paths) {
      if (path != "-") continue;
      const std::string kept = (folder / "standard-input.tsv").string();
      OutputFile output(kept);
      LineReader reader("-");
      for (std::string line; reader.next(line);) output.write(line + "\n");
      stop_if_interrupted("standard input was being read");
      output.commit();
      path = kept;
    }
  }
}

EachLine each_line(const std::vector<corpus::Source>& corpora, std::string corpus::TextPair::*side) {
  return [&corpora, side](const std::function<void(std::string_view)>& take) {
    for (const corpus::Source& source : corpora) {
      corpus::PairReader reader(source);
      for (corpus::TextPair pair; reader.next(pair);) {
        stop_if_interrupted("the tokenizer was being trained");
        take(pair.*side);
      }
    }
  };
}

std::vector<std::string> style_tokens(const TrainingOptions& options) {
  std::vector<std::string> tokens;
  for (const std::string& style : styles_of(options)) tokens.push_back(concat(">>", style, "<<"));
  return tokens;
}

TokenizerPair make_tokenizers(const TrainingOptions& options, const std::optional<model::Model>& base, const Material& material,
                              const std::vector<corpus::Source>& corpora, const Log& log) {
  const std::vector<std::string> symbols = style_tokens(options);
  const auto with_symbols = [&](TokenizerPair tokenizers, const char* option) {
    for (const std::string& symbol : symbols) {
      if (tokenizers.vocabulary->id(symbol)) continue;
      throw Error(concat("--", option, ": its vocabulary has no piece ", symbol, ", which --styles needs"));
    }
    return tokenizers;
  };
  if (base) return with_symbols(base->tokenizers, "from");
  if (!options.vocabs.empty()) return with_symbols(join_tokenizers(options.vocabs.front(), options.vocabs.back()), "vocabs");
  constexpr std::int64_t kSampledLines = 400'000, kSampledDocuments = 40'000;
  const TokenizerTraining training{.vocabulary = options.vocabulary,
                                   .type = options.tokenizer_type,
                                   .source_language = material.languages.source,
                                   .target_language = material.languages.target,
                                   .separate = options.separate_vocabularies,
                                   .sample_lines = symbols.empty() ? kSampledLines : kSampledDocuments,
                                   .seed = static_cast<std::uint64_t>(options.seed),
                                   .symbols = symbols};
  return train_tokenizers(training, each_line(corpora, &corpus::TextPair::source), each_line(corpora, &corpus::TextPair::target),
                          log);
}

void report_account(const corpus::CacheAccount& account, const Log& log) {
  std::string line = concat("Corpus: ", account.kept, " of ", account.read, " pairs");
  if (account.held_out > 0) line += concat(", ", account.held_out, " held out");
  for (const auto& [reason, count] : account.left_out) line += concat(", ", count, " ", reason);
  log.info(line);
  if (account.held_out > 0) {
    log.info(concat("No --valid-sets: ", account.held_out, " pairs are held out for validation (drawn by --seed)"));
  }
}

/// Documents are validated as they are learnt.
void reduce_long(std::string& document, const TrainingOptions& options, const Material& material) {
  const Tokenizer& tokenizer = *material.tokenizers.source;
  const auto limit = static_cast<std::size_t>(options.max_length);
  if (tokenizer.encode(document).size() < limit) return;
  std::string reduced = corpus::reduced_document(document, material.languages.source, tokenizer, limit);
  if (!reduced.empty()) document = std::move(reduced);
}

std::vector<corpus::TextPair> read_validation(const TrainingOptions& options, const Material& material) {
  if (options.valid_sets.empty()) return material.cache->held_out();
  std::vector<corpus::TextPair> pairs;
  for (const corpus::Source& source : validation_corpora(options, material.languages)) {
    corpus::PairReader reader(source);
    for (corpus::TextPair pair; reader.next(pair);) {
      if (!options.styles.empty()) reduce_long(pair.source, options, material);
      pairs.push_back(pair);
    }
  }
  if (pairs.empty()) throw Error(concat("--valid-sets ", options.valid_sets.front(), ": expected pairs of lines, found none"));
  return pairs;
}

}  // namespace

corpus::CachePlan corpus_plan(const TrainingOptions& options, const std::vector<corpus::Source>& corpora) {
  const auto& alphas = options.sentencepiece_alphas;
  return {.sources = corpora,
          .max_length = options.max_length,
          .max_length_ratio = options.max_length_ratio,
          .hold_out = options.valid_sets.empty() ? options.hold_out : 0,
          .seed = static_cast<std::uint64_t>(options.seed),
          .keep_text = std::any_of(alphas.begin(), alphas.end(), [](double alpha) { return alpha > 0; }),
          .documents = !options.styles.empty()};
}

Material prepare(const TrainingOptions& options, const std::optional<model::Model>& base, const Log& log, Progress* progress) {
  Material material;
  material.languages = languages_for(options);
  if (base && material.languages.source.empty()) material.languages = base->languages;
  std::vector<corpus::Source> corpora = training_corpora(options, material.languages);
  validation_corpora(options, material.languages);  // complains before the long work begins
  if (material.languages.source.empty() || material.languages.target.empty()) {
    log.info("The languages are not known; with --source-lang and --target-lang translate would find the model by them");
  }
  const fs::path folder = checkpoint_folder(options);
  make_folder(folder);
  spool_standard_input(corpora, folder);
  material.tokenizers = make_tokenizers(options, base, material, corpora, log);
  stop_if_interrupted("the tokenizer was being trained");
  save_tokenizers(material.tokenizers, options.model);
  corpus::CachePlan plan = corpus_plan(options, corpora);
  plan.language = material.languages.source;
  report_account(corpus::Cache::build(folder, plan, material.tokenizers, log, progress), log);
  material.cache = std::make_shared<const corpus::Cache>(folder);
  material.validation = read_validation(options, material);
  return material;
}

Material reopen(const TrainingOptions& options, const Log& log) {
  Material material;
  material.languages = {options.source_lang, options.target_lang};
  material.tokenizers = open_tokenizers(options.model);
  material.cache = std::make_shared<const corpus::Cache>(checkpoint_folder(options));
  material.validation = read_validation(options, material);
  log.debug(concat("Corpus: ", material.cache->size(), " pairs, as prepared before"));
  return material;
}

Json account_to_json(const corpus::CacheAccount& account) {
  Json json = {{"pairs_read", account.read}, {"pairs_kept", account.kept}, {"pairs_held_out", account.held_out}};
  json["pairs_left_out"] = Json::object();
  for (const auto& [reason, count] : account.left_out) json["pairs_left_out"][reason] = count;
  return json;
}

}  // namespace mynah::training
