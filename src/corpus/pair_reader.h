// Parallel text from files: pairs of lines, however they are stored.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace mynah::corpus {

/// One corpus as the user names it.
struct Source {
  std::vector<std::string> paths;  // two line-aligned files; or one TSV or JSON-lines file
  std::vector<std::string>
      fields;         // TSV: column numbers from 1 ("1","2"); JSON lines: keys ("en","de", or nested "translation.en")
  double weight = 1;  // how often its pairs are seen, relative to the others
};

/// A pair of texts and the line it stood on.
struct TextPair {
  std::string source, target;
  std::uint64_t line = 0;
};

/// Reads the pairs of one corpus in order. Throws Error: unequal line counts (naming both files and both counts), a missing
/// column or key (naming file and line), whatever LineReader throws.
class PairReader {
 public:
  explicit PairReader(const Source& source);
  ~PairReader();
  bool next(TextPair& pair);

 private:
  struct Reading;
  std::unique_ptr<Reading> reading_;
};

}  // namespace mynah::corpus
