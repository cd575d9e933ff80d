// Text that goes round in circles.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace mynah {

/// A stretch that is the same `period` elements over and over, `times` whole times; times is 1 where nothing follows itself.
struct Loop {
  std::size_t begin = 0, period = 0, times = 1;
  std::size_t length() const { return period * times; }
};

inline constexpr std::size_t kLongestPeriod = 24;  // of a loop in ordinary text, in words

/// The phrase that a loop of words repeats.
std::string_view phrase_of(const Loop& loop, std::span<const std::string_view> words);

/// Of the loops with a period of at most `longest_period`, the longest; of equally long ones that of the shortest period.
Loop longest_loop(std::span<const std::uint64_t> sequence, std::size_t longest_period);

/// The same over words, letter case apart.
Loop longest_loop(std::span<const std::string_view> words, std::size_t longest_period);

/// The same over the characters of a text, white space left out.
Loop longest_loop_of_characters(std::string_view text, std::size_t longest_period);

/// How often the commonest sequence of `size` words comes; 0 for fewer words.
std::size_t commonest_ngram(std::span<const std::string_view> words, std::size_t size);

}  // namespace mynah
