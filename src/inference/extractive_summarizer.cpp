#include "inference/extractive_summarizer.h"

#include "documents/ranking.h"

namespace mynah::inference {

Draft ExtractiveSummarizer::summarize(const documents::SourceText& source, const documents::Limits& limits) const {
  const auto chosen = lead_ ? documents::extract(source, documents::rank_by_position(source), limits, 0)
                            : documents::extract(source, documents::rank_sentences(source), limits);
  Draft draft{.summary = {}, .method = std::string(name()), .sentences_read = source.sentences.size()};
  for (const std::size_t index : chosen) {
    const documents::SourceSentence& sentence = source.sentences[index];
    draft.summary.push_back({sentence.text, sentence.words, {index}});
  }
  return draft;
}

}  // namespace mynah::inference
