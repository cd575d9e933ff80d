// What our side makes of a model directory and a file of sentences, for comparison with other toolkits.
//   dump_decoding MODEL SOURCE_TEXT TARGET_TEXT MAX_LENGTH OUTPUT
// OUTPUT.json: the ids of every sentence, and its best hypothesis, greedy and with a beam of 4.
// OUTPUT.safetensors: the logits of the target text's tokens, "0", "1", …, each [target_length, vocabulary].
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "engine/open_network.h"
#include "model/safetensors.h"
#include "nn/sequence_model.h"
#include "search/decoder.h"

namespace {

using namespace mynah;
using Sentences = std::vector<std::vector<TokenId>>;

Sentences encoded(const std::string& path, const Tokenizer& tokenizer) {
  Sentences sentences;
  LineReader reader(path);
  for (std::string line; reader.next(line);) {
    sentences.push_back(tokenizer.encode(line));
    sentences.back().push_back(tokenizer.vocabulary().end());
  }
  return sentences;
}

std::size_t longest(const Sentences& sentences) {
  std::size_t length = 0;
  for (const auto& sentence : sentences) length = std::max(length, sentence.size());
  return length;
}

Json decoded(const search::Network& network, const model::Model& model, const Sentences& sources, int beam, int max_length) {
  const Vocabulary& vocabulary = *model.tokenizers.vocabulary;
  search::SearchOptions options;
  options.beam = beam;
  options.max_length_factor = 0;
  options.max_length_offset = options.max_length = max_length;
  Json hypotheses = std::vector<Json>(sources.size());
  std::size_t waiting = 0;
  const auto next = [&]() -> std::optional<search::Request> {
    if (waiting == sources.size()) return std::nullopt;
    const std::size_t key = waiting++;
    return search::Request{key, sources[key], {}, {}};
  };
  const auto done = [&](search::Result result) {
    const search::Hypothesis& best = result.hypotheses.at(0);
    hypotheses[result.key] = {{"tokens", best.tokens},
                              {"score", best.score},
                              {"complete", best.complete},
                              {"text", model.tokenizers.target->decode(best.tokens)}};
  };
  const auto rows = network.step_model({64, static_cast<int>(longest(sources)), max_length});
  search::decode(*rows, options, {vocabulary.end(), vocabulary.pad(), vocabulary.unknown()}, next, done);
  return hypotheses;
}

/// Logits of one pair's target tokens, one cached step after the other.
model::Array logits_of(nn::SequenceModel& network, const std::vector<TokenId>& source, const std::vector<TokenId>& target,
                       TokenId pad) {
  const at::InferenceMode inference;
  const auto memory = network.encode(nn::pad_rows(std::vector<std::vector<TokenId>>{source}, pad, at::kCPU));
  const auto state = network.start(*memory);
  std::vector<float> logits;
  TokenId previous = pad;
  std::int64_t vocabulary = 0;
  for (const TokenId token : target) {
    const nn::Tensor row = network.step(*state, at::tensor(std::vector<std::int64_t>{previous}, at::kLong)).contiguous();
    vocabulary = row.size(1);
    logits.insert(logits.end(), row.const_data_ptr<float>(), row.const_data_ptr<float>() + vocabulary);
    previous = token;
  }
  return model::make_array(logits, {static_cast<std::int64_t>(target.size()), vocabulary});
}

void dump(const std::vector<std::string>& words) {
  const model::Model model = model::open_model(words[0]);
  const Sentences sources = encoded(words[1], *model.tokenizers.source);
  const Sentences targets = encoded(words[2], *model.tokenizers.target);
  const int max_length = std::stoi(words[3]);
  const auto network = engine::open_network(model, {.precision = "float32"});
  write_json(words[4] + ".json", {{"sources", sources},
                                  {"targets", targets},
                                  {"greedy", decoded(*network, model, sources, 1, max_length)},
                                  {"beam4", decoded(*network, model, sources, 4, max_length)}});
  const auto module = nn::build(model.shape, model.weights);
  model::Weights logits;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    logits[std::to_string(i)] = logits_of(*module, sources[i], targets.at(i), model.tokenizers.vocabulary->pad());
  }
  model::write_safetensors(words[4] + ".safetensors", logits);
}

}  // namespace

int main(int count, char** arguments) try {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.size() != 5) throw mynah::UsageError("MODEL SOURCE_TEXT TARGET_TEXT MAX_LENGTH OUTPUT expected");
  dump(words);
} catch (const mynah::Error& error) {
  std::cerr << "dump_decoding: " << error.what() << '\n';
  return 1;
}
