#include "inference/summary_translation.h"

#include <utility>

#include "base/error.h"
#include "documents/words.h"
#include "inference/summary_length.h"

namespace mynah::inference {

SummaryTranslation::SummaryTranslation(std::string to, OpenTranslation open) : to_(std::move(to)), open_(std::move(open)) {}

void SummaryTranslation::translate(Summarized& summarized) {
  const std::string& from = summarized.language;
  if (from == to_) return;
  if (from.empty()) {
    throw Error(concat(summarized.name, ": its language is not known, so it cannot be translated; --language says which it is"));
  }
  auto& generator = generators_[from];
  if (!generator) {
    try {
      generator = open_(from);
    } catch (const Error& error) {
      throw Error(concat(summarized.name, ": ", error.what()));
    }
  }
  documents::WordSplitter words(to_);
  for (SummarySentence& sentence : summarized.summary) {
    sentence.original = std::exchange(sentence.text, generator->generate(sentence.text));
    sentence.words = words.split(sentence.text).size();
  }
  summarized.to = to_;
  summarized.read.summary_words = words_of(summarized.summary);
}

Summarized summarize(std::vector<documents::Document> documents, const SummaryMakers& makers, const SummarizeOptions& options) {
  Summarized summarized = summarize(std::move(documents), makers.summarizer, options);
  if (makers.translation != nullptr) makers.translation->translate(summarized);
  return summarized;
}

}  // namespace mynah::inference
