// Full stops that end a word, not a sentence.
#pragma once
#include <set>
#include <string>
#include <string_view>

namespace mynah {

/// A language's abbreviations: ICU's list, what that list lacks, single letters ("J.", "U.S."), and ordinals ("am 3. Oktober")
/// where the language writes them so.
///
/// ICU's own FilteredBreakIterator is no use: it takes every word that ends in an abbreviation for one, so that with German's
/// "r." and "b." hardly a sentence would end.
class Abbreviations {
 public:
  /// `locale` is an ICU locale name ("de_AT"); one that ICU does not know has no list.
  explicit Abbreviations(const std::string& locale);

  /// Whether the full stop at the end of `text` belongs to its last word.
  bool end(std::string_view text) const;

 private:
  std::set<std::string, std::less<>> words_;
  bool dotted_ordinals_ = false;
};

}  // namespace mynah
