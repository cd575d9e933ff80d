#include "inference/line_source.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "base/error.h"
#include "base/files.h"

namespace mynah::inference {
namespace {

std::vector<std::string> rest_of(LineSource& source) {
  std::vector<std::string> lines;
  while (auto line = source.next()) lines.push_back(*line);
  return lines;
}

std::string file_with(const std::string& content) {
  const std::string path = testing::TempDir() + "line_source_test.txt";
  write_file(path, content);
  return path;
}

TEST(LineSource, WordsAreOneText) {
  LineSource source = LineSource::of_words({"The", "cat", "sleeps."});
  EXPECT_THAT(rest_of(source), testing::ElementsAre("The cat sleeps."));
}

TEST(LineSource, ALineBreakInWordsEndsALine) {
  LineSource source = LineSource::of_words({"One\n\ntwo", "three"});
  EXPECT_THAT(rest_of(source), testing::ElementsAre("One", "", "two three"));
}

TEST(LineSource, TheSampleIsLookedAtButNotTaken) {
  LineSource source = LineSource::of_file(file_with("\n \nA dog.\nA cat.\n"));
  EXPECT_EQ(source.sample(), "A dog.");
  EXPECT_EQ(source.given(), 0U);
  EXPECT_THAT(rest_of(source), testing::ElementsAre("", " ", "A dog.", "A cat."));
  EXPECT_EQ(source.given(), 4U);
}

TEST(LineSource, WhereAllIsBlankThereIsNoSample) {
  LineSource source = LineSource::of_file(file_with("\n\n"));
  EXPECT_EQ(source.sample(), "");
  EXPECT_EQ(rest_of(source).size(), 2U);
}

TEST(LineSource, AMissingFileIsAnError) { EXPECT_THROW(LineSource::of_file("/nowhere/at/all"), Error); }

TEST(LineSource, LinesOfFilesCanBeCounted) {
  EXPECT_EQ(count_lines(file_with("a\nb\nc")), 3U);
  EXPECT_EQ(count_lines("-"), 0U);
}

}  // namespace
}  // namespace mynah::inference
