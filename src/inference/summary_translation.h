// Summaries in another language than their text: each sentence through a translation model.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "inference/summarization.h"
#include "inference/text_generator.h"

namespace mynah::inference {

/// Opens the model that translates from a language, which errors are about when there is none.
using OpenTranslation = std::function<std::unique_ptr<TextGenerator>(const std::string& from)>;

/// Keeps the models it has needed so far.
class SummaryTranslation {
 public:
  /// `to` is the language wanted.
  SummaryTranslation(std::string to, OpenTranslation open);

  /// Puts translations in place of the sentences, which are kept as their originals, with a note where they have become more
  /// than the summary may have. What is in that language already stays. Throws Error where the language of the text is not known.
  void translate(Summarized& summarized);

 private:
  std::string to_;
  OpenTranslation open_;
  std::map<std::string, std::unique_ptr<TextGenerator>> generators_;  // by source language
};

/// Who makes a summary.
struct SummaryMakers {
  const Summarizer& summarizer;
  SummaryTranslation* translation = nullptr;  // null: it stays in the language of the text
};

/// summarize(), and the translation.
Summarized summarize(std::vector<documents::Document> documents, const SummaryMakers& makers, const SummarizeOptions& options);

}  // namespace mynah::inference
