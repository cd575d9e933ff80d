#include "cli/option_text.h"

#include <gmock/gmock.h>

#include "sample_program.h"

namespace mynah::cli {
namespace {

using testing::ElementsAre;

class OptionText : public testing::Test {
 protected:
  const Option& option(std::string_view name) { return *list_.find(name); }
  Sample sample_;
  OptionList list_ = sample_.list();
};

TEST_F(OptionText, GroupsKeepTheirOrderAndMeetAgain) {
  list_.group("Search");
  list_.add("late", sample_.prefix, "Added last");
  std::vector<std::string> headings;
  for (const OptionGroup& group : by_group(list_)) headings.push_back(group.heading);
  EXPECT_THAT(headings, ElementsAre("Options", "Search", "Rest"));
  EXPECT_EQ(by_group(list_)[1].options.back()->name, "late");
}

TEST_F(OptionText, Spellings) {
  EXPECT_EQ(letter(option("beam-size")), "b");
  EXPECT_EQ(letter(option("prefix")), "");
  EXPECT_EQ(spelling(option("beam-size")), "--beam-size");
  EXPECT_EQ(spelling(option("split-sentences")), "--[no-]split-sentences");
  EXPECT_EQ(other_spellings(option("beam-size")), "--num-beams, --beam");
  EXPECT_EQ(other_spellings(option("model")), "");
}

TEST_F(OptionText, ValueNames) {
  EXPECT_EQ(value_name(option("quiet")), "");
  EXPECT_EQ(value_name(option("beam-size")), "N");
  EXPECT_EQ(value_name(option("normalize")), "ALPHA");
  EXPECT_EQ(value_name(option("prefix")), "TEXT");
  EXPECT_EQ(value_name(option("train-sets")), "FILE…");
  EXPECT_EQ(value_name(option("weights")), "X…");
}

TEST_F(OptionText, DescriptionsEndWithChoicesAndDefault) {
  EXPECT_EQ(description(option("activation")), "Inside the feed-forward network (relu, gelu; default: relu)");
  EXPECT_EQ(description(option("normalize")), "Score = sum / length^ALPHA (default: 1)");
  EXPECT_EQ(description(option("split-sentences")), "Cut lines into sentences first (default: on)");
  EXPECT_EQ(description(option("quiet")), "Say less");
  EXPECT_EQ(description(option("max-length")), "Pieces at most | the end included");
}

TEST(Width, CountsCharactersNotBytes) {
  EXPECT_EQ(width("TEXT…"), 5U);
  EXPECT_EQ(width("größer"), 6U);
  EXPECT_EQ(width(""), 0U);
}

TEST(Wrap, BreaksAtSpaces) {
  EXPECT_THAT(wrap("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrap("one two three", 6), ElementsAre("one", "two", "three"));
  EXPECT_THAT(wrap("unbreakable", 3), ElementsAre("unbreakable"));
  EXPECT_THAT(wrap("größe …… x", 8), ElementsAre("größe ……", "x"));
  EXPECT_THAT(wrap("", 10), ElementsAre(""));
}

}  // namespace
}  // namespace mynah::cli
