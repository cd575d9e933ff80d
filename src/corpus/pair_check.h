// What is wrong with a pair as such, whatever other pairs there are.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "corpus/fault.h"
#include "corpus/length_model.h"
#include "corpus/pair_reader.h"

namespace mynah::corpus {

/// What pairs are measured by.
struct PairRules {
  std::string source_language, target_language;  // empty: not known, so scripts and languages are not looked at
  int max_length = 256;                          // words; twice as many letters where words are not spaced
  double max_length_ratio = 4;                   // longer over shorter, once made comparable by the model
  LengthModel lengths{};
};

/// A pair, what was found, and what it is compared with others by.
struct CheckedPair {
  TextPair text;
  std::string raw;  // of a table or of JSON: the line as it stood
  std::vector<Found> found{};
  std::uint64_t source = 0, target = 0;              // fingerprints, white space around the text left out
  std::uint64_t plain_source = 0, plain_target = 0;  // without case, punctuation and white space; 0: nothing is left
  std::size_t source_length = 0, target_length = 0;  // code points of these
};

/// Fills in all but texts and raw line. A pair that is malformed or empty is looked at no further.
void check_pair(CheckedPair& pair, const PairRules& rules);

}  // namespace mynah::corpus
