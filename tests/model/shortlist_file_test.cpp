#include "model/shortlist_file.h"

#include <gmock/gmock.h>

#include "../base/temporary_folder.h"
#include "base/error.h"
#include "base/files.h"
#include "model/safetensors.h"

namespace mynah::model {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Enough pieces for numbers of two bytes.
Vocabulary numbers(const std::string& prefix = "n") {
  std::vector<std::string> pieces = {"</s>", "<unk>"};
  for (int i = 2; i < 399; ++i) pieces.push_back(concat(prefix, i));
  pieces.push_back("<pad>");
  return Vocabulary(pieces);
}

Shortlist sample() {
  std::vector<std::vector<TokenId>> lists(400);
  lists[2] = {3, 398};
  lists[5] = {0, 1, 127, 128, 300};
  lists[399] = {7};
  return {{0, 1, 9}, lists};
}

class ShortlistFile : public testing::Test {
 protected:
  std::filesystem::path path() const { return folder_.path() / "shortlist.safetensors"; }
  std::string refusal(const Vocabulary& vocabulary = numbers()) const {
    return message_of<Error>([&] { open_shortlist(path(), vocabulary); });
  }
  std::string table(std::string_view text) const { return folder_.file("lex.s2t", text); }

  TemporaryFolder folder_;
};

TEST_F(ShortlistFile, IsReadAsItWasWritten) {
  save_shortlist(sample(), numbers(), path());
  const Shortlist read = open_shortlist(path(), numbers());
  EXPECT_THAT(read.always(), ElementsAre(0, 1, 9));
  for (TokenId source = 0; source < 400; ++source) {
    EXPECT_TRUE(std::ranges::equal(read.list(source), sample().list(source))) << source;
  }
}

TEST_F(ShortlistFile, OneOfSomethingElseIsNamed) {
  EXPECT_THAT(refusal(), HasSubstr(path()));  // missing
  save_shortlist(sample(), numbers(), path());
  EXPECT_THAT(refusal(numbers("m")), AllOf(HasSubstr(path()), HasSubstr("of another vocabulary than the model's")));
  std::map<std::string, std::string> metadata;
  const Weights arrays = read_safetensors(path(), &metadata);
  metadata["shortlist"] = "2";
  write_safetensors(path(), arrays, metadata);
  EXPECT_THAT(refusal(), AllOf(HasSubstr(path()), HasSubstr("is of version 2, but this build reads version 1")));
  write_safetensors(path(), arrays);
  EXPECT_THAT(refusal(), AllOf(HasSubstr(path()), HasSubstr("holds no shortlist")));
}

/// Of the header, a change may say nothing that matters; then the lists are what they were.
TEST_F(ShortlistFile, DamageIsNamedWhereverItIs) {
  save_shortlist(sample(), numbers(), path());
  const std::string whole = read_file(path());
  const std::size_t arrays = whole.size() - 400;  // they take more
  const Vocabulary vocabulary = numbers();
  for (std::size_t place = 0; place < whole.size(); place += 5) {
    folder_.file("shortlist.safetensors", whole.substr(0, place));
    EXPECT_THAT(refusal(vocabulary), HasSubstr(path())) << place;
    std::string altered = whole;
    altered[place] = static_cast<char>(altered[place] ^ 4);
    folder_.file("shortlist.safetensors", altered);
    try {
      EXPECT_THAT(open_shortlist(path(), vocabulary).list(2), ElementsAre(3, 398));
      EXPECT_LT(place, arrays);
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr(path()));
    }
  }
}

TEST_F(ShortlistFile, LexicalTablesAreRead) {
  const std::string text = "n7 n2 0.5\nn8\tn2  0.25\nNULL n2 0.25\nn9 NULL 1\nn8 n3 1e-50\n</s> </s> 1\n";
  const Shortlist read = read_lexical_table(table(text), numbers(), Log());
  // There are fewer targets than are always there: with the most frequent ones come those of the smallest ids.
  EXPECT_EQ(read.always().size(), 100U);
  EXPECT_THAT(read.of(std::vector<TokenId>{300, 0}), testing::IsSupersetOf({0, 1, 7, 8, 300}));
  std::string many;
  for (int target = 102; target < 399; ++target) many += concat("n", target, " n", target % 3 + 2, " ", 1.0 / target, "\n");
  for (int target = 2; target < 102; ++target) many += concat("n", target, " n2 0.9\n");
  const Shortlist longer = read_lexical_table(table(many), numbers(), Log());
  EXPECT_EQ(longer.always().size(), 102U);
  EXPECT_TRUE(std::ranges::binary_search(longer.always(), 101));
  EXPECT_FALSE(std::ranges::binary_search(longer.always(), 102));
  EXPECT_EQ(longer.list(2).size(), 50U);
  EXPECT_EQ(longer.list(3).front(), 103);
  EXPECT_THAT(longer.list(7), IsEmpty());
}

TEST_F(ShortlistFile, WhatATableNamesInVainIsCounted) {
  std::vector<std::string> said;
  const Log log([&](LogLevel, std::string_view line) { said.emplace_back(line); });
  read_lexical_table(table("n7 n2 0.5\nHaus n2 0.5\nn7 house 1\n"), numbers(), log);
  ASSERT_EQ(said.size(), 1U);
  EXPECT_THAT(said[0], AllOf(HasSubstr("lex.s2t: 2 lines name pieces"), HasSubstr("(Haus)")));
  EXPECT_THAT(message_of<Error>([&] { read_lexical_table(table("Haus house 1\n"), numbers(), log); }),
              AllOf(HasSubstr("lex.s2t"), HasSubstr("none of its 1 lines")));
}

TEST_F(ShortlistFile, LinesThatAreNoneOfATableAreNamed) {
  for (const char* line : {"n7 n2", "n7 n2 0.5 more", "n7 n2 much", "n7 n2 -0.5", "n7 n2 2", "n7 n2 nan", ""}) {
    EXPECT_THAT(message_of<Error>([&] { read_lexical_table(table(concat("n7 n2 0.5\n", line, "\n")), numbers(), Log()); }),
                AllOf(HasSubstr("lex.s2t:2: expected 'target source probability'"), HasSubstr(line)));
  }
}

TEST_F(ShortlistFile, IsFoundAsItIsWished) {
  const auto vocabulary = std::make_shared<const Vocabulary>(numbers());
  Model model;
  model.tokenizers.vocabulary = vocabulary;
  model.folder = folder_.path();
  EXPECT_EQ(wished_shortlist("off", model, Log()), nullptr);
  EXPECT_THAT(message_of<Error>([&] { wished_shortlist("on", model, Log()); }),
              AllOf(HasSubstr("--shortlist on"), HasSubstr("has no shortlist.safetensors"), HasSubstr("--shortlist-only")));
  save_shortlist(sample(), *vocabulary, path());
  EXPECT_EQ(wished_shortlist("on", model, Log())->list(2).size(), 2U);
  EXPECT_EQ(wished_shortlist(path(), model, Log())->list(5).size(), 5U);
  EXPECT_EQ(wished_shortlist(table("n7 n2 0.5\n"), model, Log())->vocabulary(), 400U);
}

}  // namespace
}  // namespace mynah::model
