// Articles that belong together: the paragraphs worth reading, however many there are.
#pragma once
#include <cstddef>

#include "documents/source_text.h"

namespace mynah::documents {

/// What of a pile is read, and how much was there.
struct Pile {
  SourceText source;  // the sentences of the paragraphs that are read, in order
  std::size_t paragraphs = 0, paragraphs_read = 0;
  std::size_t words = 0;  // of everything; source.words are read
};

/// Takes the best paragraphs, by how central they are and how similar to the title, until they have `most_words` words; at least
/// one, where there is any.
Pile select_paragraphs(SourceText source, std::size_t most_words);

}  // namespace mynah::documents
