// Text in, a shorter text out: what makes summaries, whether it chooses sentences or writes them.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "documents/extraction.h"
#include "documents/source_text.h"

namespace mynah::inference {

/// A sentence of a summary, and the sentences of the source it rests on, by index, the weightiest first.
struct SummarySentence {
  std::string text;
  std::size_t words = 0;
  std::vector<std::size_t> sources;
  std::vector<std::string> unfounded = {};  // numbers and names that occur nowhere in the input
  std::string original = {};                // in the language of the text, where it was translated
};

using Summary = std::vector<SummarySentence>;

/// A summary as it was made.
struct Draft {
  Summary summary;
  std::string method;              // "extractive"
  std::size_t sentences_read = 0;  // of the source
  std::vector<std::string> notes = {};
};

/// Makes summaries. Safe to use from several threads.
class Summarizer {
 public:
  virtual ~Summarizer() = default;

  /// Whole sentences, within the limits but for `least_words`, which is a wish. Empty where nothing fits.
  virtual Draft summarize(const documents::SourceText& source, const documents::Limits& limits) const = 0;
  /// How it is called where summaries are shown with what made them; a draft may be made in another way.
  virtual std::string_view name() const = 0;
};

}  // namespace mynah::inference
