#include "documents/words.h"

#include <gmock/gmock.h>

namespace mynah::documents {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(WordSplitter, LeavesSpacesAndMarksOut) {
  WordSplitter splitter("en");
  EXPECT_THAT(splitter.split("\u201CDon't!\u201D, said 3.5 cats \u2013 \u20AC 20 (net)"),
              ElementsAre("Don't", "said", "3.5", "cats", "20", "net"));
  EXPECT_THAT(splitter.split(""), IsEmpty());
  EXPECT_THAT(splitter.split(" \u2026 !?"), IsEmpty());
}

TEST(WordSplitter, CutsScriptsWithoutSpacesByDictionary) {
  EXPECT_THAT(WordSplitter("zh").split("\u4ECA\u5929\u5929\u6C14\u5F88\u597D\u3002"),
              ElementsAre("\u4ECA\u5929", "\u5929\u6C14", "\u5F88\u597D"));
  EXPECT_THAT(WordSplitter("").split("\u65E5\u672C\u8A9E\u3067\u3059"), testing::SizeIs(testing::Gt(1U)));
}

TEST(WordSplitter, TakesAnyLanguageCode) {
  for (const char* language : {"", "de", "zh-Hant", "tlh", "no such language", "\xFF"}) {
    EXPECT_THAT(WordSplitter(language).split("one two"), ElementsAre("one", "two")) << language;
  }
}

TEST(Terms, AreLowerCaseAndEnglishOnesStems) {
  Terms english("en"), german("de");
  EXPECT_EQ(english.id("Running"), english.id("run"));
  EXPECT_NE(english.id("cat"), english.id("dog"));
  EXPECT_EQ(english.size(), 3U);
  EXPECT_EQ(german.id("\u00C4RGER"), german.id("\u00E4rger"));
  EXPECT_NE(german.id("running"), german.id("run"));
  EXPECT_EQ(german.size(), 3U);
}

}  // namespace
}  // namespace mynah::documents
