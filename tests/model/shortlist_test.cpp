#include "model/shortlist.h"

#include <gmock/gmock.h>

namespace mynah::model {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Vocabulary& letters() {
  static const Vocabulary vocabulary({"</s>", "<unk>", "a", "b", "c", "d", "e", "<pad>"});
  return vocabulary;
}

TEST(Shortlist, OfASentenceHoldsItsPiecesTheirListsAndWhatIsAlwaysThere) {
  const Shortlist shortlist({0, 1}, {{}, {}, {4, 6}, {4}, {}, {}, {}, {}});
  EXPECT_THAT(shortlist.of(std::vector<TokenId>{2, 3, 2, 0}), ElementsAre(0, 1, 2, 3, 4, 6));
  EXPECT_THAT(shortlist.of(std::vector<TokenId>{5, 0}), ElementsAre(0, 1, 5));
  EXPECT_EQ(shortlist.vocabulary(), 8U);
  EXPECT_EQ(shortlist.longest(1), 5U);
  EXPECT_EQ(shortlist.longest(100), 8U);
}

TEST(MakeShortlist, TakesTheBestAndTheMostFrequent) {
  Lexicon lexicon{std::vector<std::vector<Translation>>(8), {0, 0, 5, 5, 1, 9, 2, 99}};
  lexicon.translations[2] = {{2, 0.3F}, {4, 0.4F}, {5, 0.2F}, {6, 0.05F}, {7, 0.05F}};
  lexicon.translations[3] = {{4, 0.25F}, {3, 0.25F}, {2, 0.25F}, {6, 0.25F}};
  Shortlist list = make_shortlist(lexicon, letters(), {.best = 2, .least = 0.1, .frequent = 2});
  EXPECT_THAT(list.always(), ElementsAre(0, 1, 5));  // `<pad>` is as frequent as it likes
  EXPECT_THAT(list.list(2), ElementsAre(2, 4));
  EXPECT_THAT(list.list(3), ElementsAre(2, 3));  // of equals those of smaller ids
  EXPECT_THAT(list.list(4), IsEmpty());
  list = make_shortlist(lexicon, letters(), {.best = 9, .least = 0, .frequent = 0});
  EXPECT_THAT(list.always(), ElementsAre(0, 1));
  EXPECT_THAT(list.list(2), ElementsAre(2, 4, 5, 6));
}

}  // namespace
}  // namespace mynah::model
