#include "cli/arguments.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "sample_program.h"

namespace mynah::cli {
namespace {

using testing::ElementsAre;
using Words = std::vector<std::string>;

/// "beam-size=4" for every option in the order given, then "| word" for every word.
Words read(const Words& arguments) {
  Sample sample;
  const OptionList list = sample.list();
  const Arguments read = read_arguments(list, arguments);
  Words out;
  for (const GivenOption& given : read.options) {
    std::string text = given.option->name + "=";
    for (const std::string& value : given.values) text += (text.back() == '=' ? "" : " ") + value;
    out.push_back(text);
  }
  for (const std::string& word : read.words) out.push_back("| " + word);
  return out;
}

std::string refusal(const Words& arguments) {
  return message_of<UsageError>([&] { read(arguments); });
}

TEST(Arguments, LongOptionsTakeTheirValueEitherWay) {
  EXPECT_THAT(read({"--beam-size", "5", "--model=dir", "--prefix=a=b"}), ElementsAre("beam-size=5", "model=dir", "prefix=a=b"));
}

TEST(Arguments, UnderscoresAndOtherSpellingsAreTheSameOption) {
  EXPECT_THAT(read({"--beam_size", "5"}), ElementsAre("beam-size=5"));
  EXPECT_THAT(read({"--num-beams", "5"}), ElementsAre("beam-size=5"));
}

TEST(Arguments, LettersTakeTheirValueEitherWay) {
  EXPECT_THAT(read({"-b", "5", "-n0.6", "-mdir"}), ElementsAre("beam-size=5", "normalize=0.6", "model=dir"));
  EXPECT_THAT(read({"-qvb5"}), ElementsAre("quiet=true", "split-sentences=true", "beam-size=5"));
}

TEST(Arguments, FlagsTakeNoWord) {
  EXPECT_THAT(read({"--quiet", "true"}), ElementsAre("quiet=true", "| true"));
  EXPECT_THAT(read({"--quiet=no"}), ElementsAre("quiet=no"));
  EXPECT_THAT(read({"--no-split-sentences", "--no_quiet"}), ElementsAre("split-sentences=false", "quiet=false"));
}

TEST(Arguments, ListsGoOnToTheNextOption) {
  EXPECT_THAT(read({"-t", "a", "b", "-", "--weights", "1", "-2", "-0.5", "-q", "word"}),
              ElementsAre("train-sets=a b -", "weights=1 -2 -0.5", "quiet=true", "| word"));
  EXPECT_THAT(read({"-t", "a", "-q", "-t", "b"}), ElementsAre("train-sets=a b", "quiet=true"));
  EXPECT_THAT(read({"--valid-metrics="}), ElementsAre("valid-metrics="));
}

TEST(Arguments, WhatBeginsLikeANegativeNumberIsAValue) {
  EXPECT_THAT(read({"--prefix", "-5u", "-t", "a", "-3e", "-q"}), ElementsAre("prefix=-5u", "train-sets=a -3e", "quiet=true"));
}

TEST(Arguments, TheLastOfTwoValuesStands) { EXPECT_THAT(read({"-b", "5", "-b", "6"}), ElementsAre("beam-size=6")); }

TEST(Arguments, WordsStandAnywhere) {
  EXPECT_THAT(read({"one", "-b", "5", "two", "-", "-7"}), ElementsAre("beam-size=5", "| one", "| two", "| -", "| -7"));
  EXPECT_THAT(read({"-q", "--", "--beam-size", "-x", "--"}), ElementsAre("quiet=true", "| --beam-size", "| -x", "| --"));
  EXPECT_THAT(read({""}), ElementsAre("| "));
}

TEST(Arguments, AMissingValueIsAnError) {
  EXPECT_EQ(refusal({"--beam-size"}), "--beam-size: a value is expected behind it");
  EXPECT_EQ(refusal({"-t", "--quiet"}), "--train-sets: a value is expected behind it, found the option --quiet");
}

TEST(Arguments, AnUnknownOptionNamesTheNearest) {
  EXPECT_EQ(refusal({"--beam-sise", "4"}), "unknown option --beam-sise: the nearest known one is --beam-size");
  EXPECT_EQ(refusal({"--wieghts=4"}), "unknown option --wieghts: the nearest known one is --weights");
  EXPECT_THAT(refusal({"-qx"}), testing::HasSubstr("unknown option -x"));
  EXPECT_THAT(refusal({"--=4"}), testing::HasSubstr("unknown option --:"));
  EXPECT_THAT(refusal({"--no-beam-size"}), testing::HasSubstr("unknown option --no-beam-size"));
}

TEST(Arguments, AForeignOptionIsExplained) {
  EXPECT_EQ(refusal({"--max_tokens", "4096"}), "unknown option --max-tokens: it is --mini-batch-words here");
  EXPECT_EQ(refusal({"-w", "4096"}), "unknown option -w: memory is taken as it is needed");
}

}  // namespace
}  // namespace mynah::cli
