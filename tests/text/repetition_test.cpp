#include "text/repetition.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/random.h"
#include "text/words.h"

namespace mynah {
namespace {

Loop loop_of(std::string_view text) { return longest_loop(words_of(text), 24); }

/// By trying every beginning and every period.
Loop by_trying(const std::vector<std::uint64_t>& sequence, std::size_t longest_period) {
  Loop longest;
  for (std::size_t period = 1; period <= longest_period; ++period) {
    for (std::size_t begin = 0; begin < sequence.size(); ++begin) {
      std::size_t end = begin + period;
      while (end < sequence.size() && sequence[end] == sequence[end - period]) ++end;
      const Loop loop{begin, period, (std::min(end, sequence.size()) - begin) / period};
      if (loop.times > 1 && loop.length() > longest.length()) longest = loop;
    }
  }
  return longest;
}

TEST(Repetition, FindsPhrasesThatFollowThemselves) {
  const Loop tea = loop_of("I like tea and tea and tea and tea and coffee");
  EXPECT_EQ(tea.begin, 2U);
  EXPECT_EQ(tea.period, 2U);
  EXPECT_EQ(tea.times, 4U);
  EXPECT_EQ(loop_of("Nein, nein, NEIN!").times, 3U);
  EXPECT_EQ(loop_of("他说他说他说。").period, 2U);
  EXPECT_EQ(loop_of("Она пришла, и она пришла, и она пришла").times, 2U);  // the third "и" is missing
}

TEST(Repetition, NothingRepeatsInOrdinaryText) {
  EXPECT_EQ(loop_of("The cat and the dog and the bird").times, 1U);
  EXPECT_EQ(loop_of("One two three four").times, 1U);
  EXPECT_EQ(loop_of("").times, 1U);
}

TEST(Repetition, EqualsTryingEverything) {
  Random random(5);
  for (int trial = 0; trial < 500; ++trial) {
    std::vector<std::uint64_t> sequence(random.below(25));
    for (std::uint64_t& element : sequence) element = random.below(2);
    const Loop found = longest_loop(sequence, 5), expected = by_trying(sequence, 5);
    EXPECT_EQ(found.length(), expected.length());
    EXPECT_EQ(found.period, expected.period);
    for (std::size_t i = 0; found.times > 1 && i + found.period < found.length(); ++i) {
      EXPECT_EQ(sequence[found.begin + i], sequence[found.begin + i + found.period]);
    }
  }
}

TEST(Repetition, CharactersCountWithoutSpaces) {
  EXPECT_EQ(longest_loop_of_characters("ha ha ha ha!", 4).times, 4U);
  EXPECT_EQ(longest_loop_of_characters("aaaa日日日日日日", 4).length(), 6U);
}

TEST(Repetition, CountsNgramsWhereverTheyStand) {
  EXPECT_EQ(commonest_ngram(words_of("the cat saw the cat and then The Cat slept"), 2), 3U);
  EXPECT_EQ(commonest_ngram(words_of("one two three"), 2), 1U);
  EXPECT_EQ(commonest_ngram(words_of("one"), 2), 0U);
}

}  // namespace
}  // namespace mynah
