#include "text/porter_stemmer.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace mynah {
namespace {

struct Pair {
  const char *word, *stem;
};

void expect_stems(const std::vector<Pair>& pairs) {
  for (const auto& [word, stem] : pairs) EXPECT_EQ(porter_stem(word), stem) << word;
}

TEST(PorterStemmer, StemsTheExamplesOfThePaper) {
  expect_stems({{"caresses", "caress"},    {"ponies", "poni"},         {"cats", "cat"},
                {"feed", "feed"},          {"agreed", "agre"},         {"plastered", "plaster"},
                {"bled", "bled"},          {"motoring", "motor"},      {"sing", "sing"},
                {"conflated", "conflat"},  {"troubled", "troubl"},     {"sized", "size"},
                {"hopping", "hop"},        {"tanned", "tan"},          {"falling", "fall"},
                {"hissing", "hiss"},       {"fizzed", "fizz"},         {"failing", "fail"},
                {"filing", "file"},        {"happy", "happi"},         {"relational", "relat"},
                {"conditional", "condit"}, {"rational", "ration"},     {"digitizer", "digit"},
                {"radically", "radic"},    {"differently", "differ"},  {"vietnamization", "vietnam"},
                {"operator", "oper"},      {"feudalism", "feudal"},    {"hopefulness", "hope"},
                {"sensitivity", "sensit"}, {"triplicate", "triplic"},  {"formative", "form"},
                {"electrical", "electr"},  {"goodness", "good"},       {"revival", "reviv"},
                {"allowance", "allow"},    {"airliner", "airlin"},     {"adjustable", "adjust"},
                {"replacement", "replac"}, {"adoption", "adopt"},      {"communism", "commun"},
                {"effective", "effect"},   {"probate", "probat"},      {"rate", "rate"},
                {"cease", "ceas"},         {"controlling", "control"}, {"roll", "roll"}});
}

TEST(PorterStemmer, FollowsNltkWhereItDepartsFromThePaper) {
  expect_stems({{"dies", "die"},
                {"flies", "fli"},
                {"died", "die"},
                {"spied", "spi"},
                {"enjoy", "enjoy"},
                {"enjoyment", "enjoy"},
                {"spy", "spi"},
                {"by", "by"},
                {"geologist", "geologist"},
                {"geology", "geolog"},
                {"theology", "theolog"},
                {"hopefully", "hope"},
                {"possibly", "possibl"},
                {"radically", "radic"},
                {"skies", "sky"},
                {"dying", "die"},
                {"news", "news"},
                {"innings", "inning"},
                {"proceed", "proceed"},
                {"ated", "ate"}});
}

TEST(PorterStemmer, LeavesShortWordsAndNumbersAlone) {
  expect_stems({{"", ""}, {"s", "s"}, {"as", "as"}, {"1990s", "1990"}, {"2021", "2021"}, {"yyyy", "yyyi"}, {"bbb", "bbb"}});
}

}  // namespace
}  // namespace mynah
