// The sentences of documents that can stand in a summary: where each comes from, and the terms it is compared by.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "documents/document.h"
#include "documents/words.h"

namespace mynah::documents {

/// A sentence of the input. Everything is counted from 0.
struct SourceSentence {
  std::string text;
  std::size_t document = 0;
  std::size_t paragraph = 0;  // in its document, those that are no prose counted
  std::size_t position = 0;   // among the sentences of its document
  std::size_t words = 0;
  std::vector<TermId> terms;  // in order, one for each word
};

struct SourceText {
  std::vector<SourceSentence> sentences;  // in order
  std::vector<TermId> title;              // of the terms asked for, those that the sentences have
  std::size_t terms = 0;                  // ids lie below
  std::size_t words = 0;
  std::string language = {};  // that it was cut by
};

/// Cuts documents into sentences. Headings, code and asides are left out, but where a document has nothing else, and so are
/// bullets of lists. A text (nearly) all in lower case is cut where it would be cut with capitals. `title` is what the summary is
/// to be about; empty: nothing in particular.
SourceText source_text(std::span<const Document> documents, const std::string& language, std::string_view title = {});

}  // namespace mynah::documents
