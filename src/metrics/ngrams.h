// Text as symbols, and how many n-grams two symbol sequences share: the ground that BLEU and chrF stand on.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mynah::metrics {

/// Code points of UTF-8 text; every invalid sequence becomes U+FFFD.
std::u32string code_points(std::string_view text);

/// White space where words are split: Unicode's, and the separators U+001C … U+001F (as Python's str.split() has it).
bool is_space(char32_t character);

/// The parts between white space, without empty ones; they view `text`.
std::vector<std::u32string_view> words(std::u32string_view text);

/// Gives equal words equal numbers, so that a sentence of words is again a sequence of symbols.
class WordNumbers {
 public:
  std::u32string number(const std::vector<std::u32string_view>& words);

 private:
  std::unordered_map<std::u32string, char32_t> numbers_;
};

/// N-grams of one order: how many the hypothesis has, how many the reference has, how many they share (clipped counts).
struct NgramCounts {
  std::int64_t hypothesis = 0, reference = 0, shared = 0;

  NgramCounts& operator+=(const NgramCounts& other);
};

NgramCounts count_ngrams(std::u32string_view hypothesis, std::u32string_view reference, std::size_t order);

}  // namespace mynah::metrics
