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

/// A prior from where texts stand in their documents (0 first) and, with a title, from how similar they are to it.
std::vector<double> reading_prior(std::span<const std::size_t> positions, const TermVectors& vectors,
                                  std::span<const TermId> title);

/// Sentences ranked, with the vectors they were compared by.
struct Ranking {
  TermVectors vectors;
  std::vector<double> scores;  // 0 … 1, the best has 1
};

/// Fragments of a word or three count little.
Ranking rank_sentences(const SourceText& source);

/// The first sentences of a document, nothing else: what every ranking is measured against.
Ranking rank_by_position(const SourceText& source);

}  // namespace mynah::documents
