// What a summary says that its text does not: the numbers and names that a reader should not believe.
#pragma once
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace mynah::inference {

/// The numbers and words of a text, to be looked up.
class Grounds {
 public:
  /// Takes in a sentence of the text.
  void add(std::string_view sentence);

  /// Numbers in digits, and names (words with capitals that do not begin the sentence), that occur nowhere in the text. In a
  /// sentence where most words have capitals, as in titles, or where the language writes all nouns so, only words with capitals
  /// or digits inside ("LSTM", "GPT2") count as names.
  std::vector<std::string> unfounded(std::string_view sentence, std::string_view language) const;

 private:
  bool has(std::string_view word) const;

  std::unordered_set<std::string> numbers_, words_;
};

}  // namespace mynah::inference
