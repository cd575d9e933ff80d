#include "metrics/ngrams.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace mynah::metrics {

std::u32string code_points(std::string_view text) {
  const auto utf16 = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  std::u32string result;
  for (std::int32_t position = 0; position < utf16.length(); position = utf16.moveIndex32(position, 1))
    result.push_back(static_cast<char32_t>(utf16.char32At(position)));
  return result;
}

bool is_space(char32_t character) {
  return u_isUWhiteSpace(static_cast<UChar32>(character)) || (character >= 0x1c && character <= 0x1f);
}

std::vector<std::u32string_view> words(std::u32string_view text) {
  std::vector<std::u32string_view> result;
  for (auto start = text.begin(); start != text.end();) {
    start = std::find_if_not(start, text.end(), is_space);
    const auto end = std::find_if(start, text.end(), is_space);
    if (start != end) result.emplace_back(start, end);
    start = end;
  }
  return result;
}

std::u32string WordNumbers::number(const std::vector<std::u32string_view>& words) {
  std::u32string numbers;
  numbers.reserve(words.size());
  for (const std::u32string_view word : words)
    numbers.push_back(numbers_.try_emplace(std::u32string(word), static_cast<char32_t>(numbers_.size())).first->second);
  return numbers;
}

NgramCounts& NgramCounts::operator+=(const NgramCounts& other) {
  hypothesis += other.hypothesis;
  reference += other.reference;
  shared += other.shared;
  return *this;
}

namespace {

std::vector<std::u32string_view> sorted_ngrams(std::u32string_view symbols, std::size_t order) {
  std::vector<std::u32string_view> ngrams;
  for (std::size_t start = 0; start + order <= symbols.size(); ++start) ngrams.push_back(symbols.substr(start, order));
  std::sort(ngrams.begin(), ngrams.end());
  return ngrams;
}

}  // namespace

NgramCounts count_ngrams(std::u32string_view hypothesis, std::u32string_view reference, std::size_t order) {
  const auto in_hypothesis = sorted_ngrams(hypothesis, order), in_reference = sorted_ngrams(reference, order);
  // The intersection of two sorted multisets holds every n-gram as often as the rarer side does: that is clipping.
  std::vector<std::u32string_view> shared;
  std::set_intersection(in_hypothesis.begin(), in_hypothesis.end(), in_reference.begin(), in_reference.end(),
                        std::back_inserter(shared));
  return {std::ssize(in_hypothesis), std::ssize(in_reference), std::ssize(shared)};
}

}  // namespace mynah::metrics
