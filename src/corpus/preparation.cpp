#include "corpus/preparation.h"

#include <algorithm>
#include <future>
#include <thread>

#include "corpus/document_reduction.h"
#include "text/utf8.h"

namespace mynah::corpus {
namespace {

std::vector<TokenId> encode(const Tokenizer& tokenizer, const std::string& text) {
  auto ids = tokenizer.encode(text);
  ids.push_back(tokenizer.vocabulary().end());
  return ids;
}

const char* wrong_length(std::size_t source, std::size_t target, const CachePlan& plan) {
  constexpr std::size_t kShort = 10;  // too short for a ratio to mean much
  const std::size_t shorter = std::min(source, target), longer = std::max(source, target);
  if (longer > static_cast<std::size_t>(plan.max_length)) return "too long";
  if (plan.documents) return target > source ? "too uneven" : nullptr;
  const bool uneven = longer > kShort && static_cast<double>(longer) > plan.max_length_ratio * static_cast<double>(shorter);
  return uneven ? "too uneven" : nullptr;
}

void reduce(Prepared& pair, const CachePlan& plan, const Tokenizer& tokenizer) {
  std::string reduced = reduced_document(pair.text.source, plan.language, tokenizer, static_cast<std::size_t>(plan.max_length));
  if (reduced.empty()) return;
  pair.text.source = std::move(reduced);
  pair.source = encode(tokenizer, pair.text.source);
  pair.reduced = true;
}

void prepare(Prepared& pair, const CachePlan& plan, const TokenizerPair& tokenizers) {
  for (std::string* text : {&pair.text.source, &pair.text.target}) {
    if (is_valid_utf8(*text)) continue;
    *text = repair_utf8(*text);
    pair.repaired = true;
  }
  if (!pair.text.fault.empty()) {
    pair.left_out = "malformed";
  } else if (is_blank(pair.text.source) || is_blank(pair.text.target)) {
    pair.left_out = "empty";
  } else {
    pair.source = encode(*tokenizers.source, pair.text.source);
    pair.target = encode(*tokenizers.target, pair.text.target);
    if (plan.documents && pair.source.size() > static_cast<std::size_t>(plan.max_length)) reduce(pair, plan, *tokenizers.source);
    pair.left_out = wrong_length(pair.source.size(), pair.target.size(), plan);
  }
}

}  // namespace

std::vector<Prepared> read_block(PairReader& reader) {
  constexpr std::size_t kPairs = 8192, kBytes = std::size_t{8} << 20;
  std::vector<Prepared> block;
  std::size_t bytes = 0;
  for (Prepared pair; block.size() < kPairs && bytes < kBytes && reader.next(pair.text); pair = {}) {
    bytes += pair.text.source.size() + pair.text.target.size();
    block.push_back(std::move(pair));
  }
  return block;
}

void prepare(std::vector<Prepared>& block, const CachePlan& plan, const TokenizerPair& tokenizers) {
  const std::size_t workers = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 16);
  std::vector<std::future<void>> work;
  for (std::size_t worker = 0; worker < workers; ++worker) {
    work.push_back(std::async(std::launch::async, [&, worker] {
      for (std::size_t pair = worker; pair < block.size(); pair += workers) prepare(block[pair], plan, tokenizers);
    }));
  }
  for (auto& part : work) part.get();
}

}  // namespace mynah::corpus
