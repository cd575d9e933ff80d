// Which words both sides of a pair have: names, code, whatever is not translated. What is left says which language a side is in.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace mynah::corpus {

/// The words of one side of a pair. Words are those of text/words.h: a digit is as good as a letter, and
/// where words are not spaced each letter is one.
struct SideWords {
  std::string own;       // words that the other side lacks, with spaces between them; spaced ones of two letters or more
  std::string initials;  // the first letter of each of those
  std::size_t words = 0, own_words = 0;
  std::size_t unspaced = 0;        // words of one letter of a script without spaces
  std::size_t shared_small = 0;    // words of both sides that do not begin with a capital letter, as names do
  std::size_t shared_letters = 0;  // code points of the words of both sides
};

/// Case does not count. Must be valid UTF-8.
SideWords words_beside(std::string_view text, std::string_view other);

}  // namespace mynah::corpus
