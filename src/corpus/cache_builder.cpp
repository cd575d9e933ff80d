#include <functional>
#include <future>

#include "base/error.h"
#include "base/interrupt.h"
#include "corpus/cache.h"
#include "corpus/cache_writer.h"
#include "corpus/preparation.h"

namespace mynah::corpus {
namespace {

void add_corpus(const Source& source, const CachePlan& plan, const TokenizerPair& tokenizers, CacheWriter& writer,
                const std::function<void(const Prepared&)>& watch) {
  PairReader reader(source);
  writer.begin_corpus();
  auto block = read_block(reader);
  while (!block.empty()) {
    if (interrupted()) throw Interrupted("interrupted while the corpus was being prepared");
    auto next = std::async(std::launch::async, [&] { return read_block(reader); });
    prepare(block, plan, tokenizers);
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
    if (source.weight > 0) continue;
    throw Error(concat("the weight of the corpus ", name_of(source), " is ", source.weight, ": expected more than 0"));
  }
  CacheWriter writer(folder, plan, tokenizers.vocabulary->size());
  std::uint64_t read = 0;
  for (const auto& source : plan.sources) {
    bool warned = false;
    add_corpus(source, plan, tokenizers, writer, [&](const Prepared& pair) {
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
