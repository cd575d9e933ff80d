// Lexical shortlists: which target pieces a sentence may be translated with, so that the output layer need not look at all.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "text/vocabulary.h"

namespace mynah::model {

/// A target piece, and how probable it is to be what a source piece is translated with.
struct Translation {
  TokenId target;
  float probability;
};

/// What is known of a whole vocabulary, by id: the translations of each source piece, in any order, and how often each piece
/// stands in targets (in any unit).
struct Lexicon {
  std::vector<std::vector<Translation>> translations;
  std::vector<double> frequency;
};

/// How much of a lexicon a shortlist takes up.
struct ShortlistSize {
  std::size_t best = 50;       // translations of a source piece, at most
  double least = 0.001;        // their probability, at least
  std::size_t frequent = 100;  // pieces that are on every list: the most frequent ones
};

/// Target pieces for each source piece, and those that any sentence may need. Immutable and safe to share between threads.
class Shortlist {
 public:
  /// Both sorted; a list for every id of the vocabulary.
  Shortlist(std::vector<TokenId> always, const std::vector<std::vector<TokenId>>& lists);

  /// What a sentence may be translated with, sorted: the lists of its pieces, these pieces themselves (names and numbers stay as
  /// they are), and what is always there.
  std::vector<TokenId> of(std::span<const TokenId> source) const;
  /// No sentence of so many ids has a longer one.
  std::size_t longest(std::size_t source_length) const;

  std::size_t vocabulary() const { return starts_.size() - 1; }
  std::span<const TokenId> always() const { return always_; }
  /// Of one source piece.
  std::span<const TokenId> list(TokenId source) const;

 private:
  std::vector<TokenId> always_, targets_;
  std::vector<std::size_t> starts_;  // of each list among the targets, and the end of the last one
  std::size_t longest_list_ = 0;
};

/// The best of a lexicon, and what every target may have: `</s>`, `<unk>`, the most frequent pieces. `<pad>` is on no list.
Shortlist make_shortlist(const Lexicon& lexicon, const Vocabulary& vocabulary, const ShortlistSize& size);

}  // namespace mynah::model
