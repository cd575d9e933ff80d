#include "corpus/held_texts.h"

#include "base/error.h"
#include "base/random.h"
#include "corpus/text_key.h"

namespace mynah::corpus {
namespace {

std::uint64_t both(std::uint64_t source, std::uint64_t target) { return mix64(source ^ mix64(target)); }

/// Whether one side alone says that two pairs are related.
bool is_telling(std::size_t length) {
  constexpr std::size_t kFewest = 15;
  return length >= kFewest;
}

}  // namespace

HeldTexts::HeldTexts(const std::vector<Source>& sources) {
  for (const Source& each : sources) {
    const auto source_file = static_cast<std::uint32_t>(files_.size()),
               target_file = source_file + (each.paths.size() > 1 ? 1 : 0);
    files_.insert(files_.end(), each.paths.begin(), each.paths.end());
    PairReader reader(each);
    for (TextPair text; reader.next(text);) {
      const std::uint64_t source = plain_text_key(text.source), target = plain_text_key(text.target);
      if (source != 0) sources_.try_emplace(source, source_file, text.line);
      if (target != 0) targets_.try_emplace(target, target_file, text.line);
      if (source != 0 && target != 0) pairs_.try_emplace(both(source, target), source_file, text.line);
    }
  }
}

std::string HeldTexts::pair(const CheckedPair& pair) const {
  const bool any = pair.plain_source != 0 && pair.plain_target != 0;
  return any ? find(pairs_, both(pair.plain_source, pair.plain_target)) : "";
}

std::string HeldTexts::source(const CheckedPair& pair) const {
  return is_telling(pair.source_length) ? find(sources_, pair.plain_source) : "";
}

std::string HeldTexts::target(const CheckedPair& pair) const {
  return is_telling(pair.target_length) ? find(targets_, pair.plain_target) : "";
}

std::string HeldTexts::find(const Places& places, std::uint64_t fingerprint) const {
  const auto place = places.find(fingerprint);
  return place == places.end() ? "" : concat(files_[place->second.file], ", line ", place->second.line);
}

}  // namespace mynah::corpus
