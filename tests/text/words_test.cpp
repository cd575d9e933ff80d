#include "text/words.h"

#include <gmock/gmock.h>

namespace mynah {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Words, AreRunsOfLettersMarksAndDigits) {
  EXPECT_THAT(words_of("Don't stop, Ümit: 3 cafés!"), ElementsAre("Don", "t", "stop", "Ümit", "3", "cafés"));
  EXPECT_THAT(words_of("Кот спит на ковре."), ElementsAre("Кот", "спит", "на", "ковре"));
  EXPECT_THAT(words_of("cafe\u0301 x"), ElementsAre("cafe\u0301", "x"));
}

TEST(Words, AreCharactersWhereThereAreNoSpaces) {
  EXPECT_THAT(words_of("我喜欢PHP，你呢？"), ElementsAre("我", "喜", "欢", "PHP", "你", "呢"));
  EXPECT_THAT(words_of("ネコ3"), ElementsAre("ネ", "コ", "3"));
}

TEST(Words, AreNotInPunctuation) { EXPECT_THAT(words_of(" … --- !? \U0001F426"), IsEmpty()); }

TEST(Words, LettersAreCountedInAnyScript) {
  EXPECT_EQ(count_letters("aé日Ж 3!"), 4U);
  EXPECT_EQ(count_letters(""), 0U);
}

TEST(Words, LowerCaseNeedsALetterAndNoCapital) {
  for (const char* word : {"cat", "für", "кот", "x86"}) EXPECT_TRUE(is_lower_case(word)) << word;
  for (const char* word : {"Cat", "iPhone", "PHP", "日", "86", ""}) EXPECT_FALSE(is_lower_case(word)) << word;
}

}  // namespace
}  // namespace mynah
