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
  // TSV: column numbers from 1 ("1", "2"), which is what is meant where none are given. JSON lines: keys ("en", "de"; nested:
  // "translation.en").
  std::vector<std::string> fields;
  double weight = 1;       // how often its pairs are seen, relative to those of the others
  std::string style = {};  // of summaries, sources being documents: they begin with ">>style<< "; empty: translations
};

/// A pair of texts and the line it stood on. Texts hold no line breaks, but may hold invalid UTF-8.
struct TextPair {
  std::string source, target;
  std::uint64_t line = 0;
  std::string fault{};  // why the line holds no pair; both texts are empty then
};

/// Reads the pairs of one corpus in order (of JSON lines with several targets under the key, a pair for each); a byte order mark
/// is left out. Throws Error: unequal line counts (naming both files and both counts), columns or keys that the first line lacks
/// (of later lines that becomes their fault), a source that cannot be meant, whatever LineReader throws.
class PairReader {
 public:
  explicit PairReader(const Source& source);
  ~PairReader();
  /// False at the end.
  bool next(TextPair& pair);
  /// Of one file that holds both texts: the line that next() read last, as it stands. Empty for two files.
  const std::string& line() const;

  struct Reading;  // one way of storing pairs

 private:
  std::unique_ptr<Reading> reading_;
  std::string style_token_;
};

/// The corpus as messages call it: its paths.
std::string name_of(const Source& source);

}  // namespace mynah::corpus
