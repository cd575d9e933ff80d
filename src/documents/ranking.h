// How much each sentence or paragraph says of what its documents are about.
#pragma once
#include <span>
#include <vector>

#include "documents/source_text.h"
#include "documents/term_vectors.h"

namespace mynah::documents {

/// How central each text is among all (LexRank of Erkan and Radev, 2004, with similarities as they are instead of a threshold):
/// where a reader is found who goes from text to text as often as they are similar. In place of staying, as often as a text is
/// similar to itself, the reader goes to one drawn by `prior`, which sums to 1 as the result does.
std::vector<double> centrality(const TermVectors& vectors, std::span<const double> prior);

/// A prior that favours the beginnings of documents, from where texts stand in theirs (0 first).
std::vector<double> reading_prior(std::span<const std::size_t> positions);

/// How much each text has to do with a title: 1 for the one most similar to it, never less than 0.3; 1 for all where none is
/// similar.
std::vector<double> relevance(const TermVectors& vectors, std::span<const TermId> title);

/// Where a text stands in its document, and how long it is.
struct Standing {
  std::size_t position, words;
};

/// What decides about texts: central ones, those near the beginning, those that have to do with the title, and not the very
/// short.
std::vector<double> worth(const TermVectors& vectors, std::span<const Standing> texts, std::span<const TermId> title);

/// Sentences ranked, with the vectors they were compared by.
struct Ranking {
  TermVectors vectors;
  std::vector<double> scores;  // 0 … 1; 0 is only worth taking where length is wanted
};

/// By centrality; the best has 1. Fragments (a word or three, items of lists without an end) have 0, unless there is nothing
/// else.
Ranking rank_sentences(const SourceText& source);

/// The first sentences of a document, nothing else: what every ranking is measured against.
Ranking rank_by_position(const SourceText& source);

}  // namespace mynah::documents
