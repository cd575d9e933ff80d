// The sentences that go into a network to be summarized, and what comes out, by what it rests on.
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "inference/generated.h"
#include "inference/summarizer.h"
#include "text/sentences.h"
#include "text/tokenizer.h"

namespace mynah::inference {

/// A sentence (or a part of one that is too long) of the text, or of a partial summary.
struct Unit {
  std::string text;
  std::size_t pieces = 0;
  std::map<std::size_t, double> sources = {};  // sentences of the text it rests on; weights sum to 1
};

/// Sentences of the text as units of fewer than `most_pieces` pieces.
std::vector<Unit> units_of(const documents::SourceText& source, const Tokenizer& tokenizer, std::size_t most_pieces);

/// Those of the sentences that say most, of at most so many pieces together, as long documents are reduced in training; none
/// where no sentence is so short.
std::vector<Unit> best_units(const documents::SourceText& source, const std::vector<Unit>& units, std::size_t most_pieces);

/// Sentences of the text that the units are of.
std::size_t sentences_of(const std::vector<Unit>& units);

/// What a written sentence rests on: the units that its pieces look at most (by the candidate's alignment, behind so many pieces
/// of style), and those that share its words.
class Grounding {
 public:
  Grounding(std::span<const Unit> units, std::size_t style_pieces);

  /// `first` and `count` say which pieces of the candidate are the sentence's.
  std::map<std::size_t, double> of(const std::string& sentence, const Candidate& candidate, std::size_t first,
                                   std::size_t count) const;

 private:
  std::span<const Unit> units_;
  std::vector<std::size_t> begins_;  // of each unit's pieces, and the end
};

/// At most three of the sources, the weightiest first; none that weighs less than a third of the first.
std::vector<std::size_t> weightiest(const std::map<std::size_t, double>& sources);

}  // namespace mynah::inference
