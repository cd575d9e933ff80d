#include "text/repetition.h"

#include <algorithm>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/random.h"
#include "text/utf8.h"

namespace mynah {
namespace {

std::vector<std::uint64_t> hashes_of(std::span<const std::string_view> words) {
  std::vector<std::uint64_t> hashes;
  for (const std::string_view word : words) hashes.push_back(std::hash<std::string>()(lower_case(word)));
  return hashes;
}

}  // namespace

std::string_view phrase_of(const Loop& loop, std::span<const std::string_view> words) {
  const char* begin = words[loop.begin].data();
  const std::string_view last = words[loop.begin + loop.period - 1];
  return {begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
}

Loop longest_loop(std::span<const std::uint64_t> sequence, std::size_t longest_period) {
  Loop longest;
  for (std::size_t period = 1; period <= longest_period && 2 * period <= sequence.size(); ++period) {
    std::size_t begin = 0;  // of the stretch in which every element equals the one a period before
    for (std::size_t i = period; i <= sequence.size(); ++i) {
      if (i < sequence.size() && sequence[i] == sequence[i - period]) continue;
      const Loop loop{begin, period, (i - begin) / period};
      if (loop.times > 1 && loop.length() > longest.length()) longest = loop;
      begin = i - period + 1;
    }
  }
  return longest;
}

Loop longest_loop(std::span<const std::string_view> words, std::size_t longest_period) {
  return longest_loop(hashes_of(words), longest_period);
}

Loop longest_loop_of_characters(std::string_view text, std::size_t longest_period) {
  std::vector<std::uint64_t> characters;
  for (std::size_t next = 0; next < text.size();) {
    const char32_t character = next_code_point(text, next);
    if (!is_white_space(character)) characters.push_back(character);
  }
  return longest_loop(characters, longest_period);
}

std::size_t commonest_ngram(std::span<const std::string_view> words, std::size_t size) {
  const std::vector<std::uint64_t> hashes = hashes_of(words);
  std::unordered_map<std::uint64_t, std::size_t> counts;
  std::size_t most = 0;
  for (std::size_t begin = 0; begin + size <= hashes.size(); ++begin) {
    std::uint64_t key = 0;
    for (std::size_t i = begin; i < begin + size; ++i) key = mix64(key ^ hashes[i]);
    most = std::max(most, ++counts[key]);
  }
  return most;
}

}  // namespace mynah
