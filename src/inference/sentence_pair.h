// A sentence and its translation, as the guard's checks look at them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "inference/generated.h"
#include "text/words.h"

namespace mynah::inference {

struct Languages {
  std::string source, target;  // BCP-47 codes; empty where not known
};

/// Views of a part and one of its candidates, which must outlive it.
struct SentencePair {
  SentencePair(const Part& part, const Candidate& translation, const Languages& both)
      : source(part.source),
        target(translation.text),
        source_words(words_of(source)),
        target_words(words_of(target)),
        source_pieces(part.source_pieces),
        candidate(translation),
        languages(both) {}

  std::string_view source, target;
  std::vector<std::string_view> source_words, target_words;
  const std::vector<std::string>& source_pieces;
  const Candidate& candidate;
  const Languages& languages;
};

/// How many characters a language takes for what English says in one.
double density(std::string_view language);

/// Whether the text has letters, and most of what they say is not in the script of the language.
bool in_other_script(std::string_view text, std::string_view language);

/// Whether a text ends as sentences do, in a full stop or the like, perhaps with quotes or brackets behind.
bool ends_sentence(std::string_view text);

/// A stretch of text in quotes, short enough to be shown.
std::string quoted(std::string_view text);

}  // namespace mynah::inference
