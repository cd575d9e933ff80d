#include "search/constraints.h"

#include <gmock/gmock.h>

namespace mynah::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr SpecialIds kIds{0, 9, 1};
using Tokens = std::vector<TokenId>;

TEST(Constraints, NothingIsForbiddenByDefault) { EXPECT_THAT(forbidden_tokens(Tokens{2, 3, 2, 3}, {}, kIds), IsEmpty()); }

TEST(Constraints, TheCallersTokensAreForbiddenEverywhere) {
  SearchOptions options;
  options.forbidden = {4, 5};
  EXPECT_THAT(forbidden_tokens(Tokens{}, options, kIds), ElementsAre(4, 5));
  EXPECT_THAT(forbidden_tokens(Tokens{4}, options, kIds), ElementsAre(4, 5));
}

TEST(Constraints, TheEndIsForbiddenBelowTheMinimumLength) {
  SearchOptions options;
  options.min_length = 2;
  EXPECT_THAT(forbidden_tokens(Tokens{}, options, kIds), ElementsAre(0));
  EXPECT_THAT(forbidden_tokens(Tokens{2}, options, kIds), ElementsAre(0));
  EXPECT_THAT(forbidden_tokens(Tokens{2, 3}, options, kIds), IsEmpty());
}

TEST(Constraints, WhatWouldRepeatAnNgramIsForbidden) {
  SearchOptions options;
  options.no_repeat_ngram = 3;
  EXPECT_THAT(forbidden_tokens(Tokens{2, 3, 4, 2, 3}, options, kIds), ElementsAre(4));
  EXPECT_THAT(forbidden_tokens(Tokens{2, 3, 4, 2, 3, 5, 2, 3}, options, kIds), UnorderedElementsAre(4, 5));
  EXPECT_THAT(forbidden_tokens(Tokens{2, 3}, options, kIds), IsEmpty());
  EXPECT_THAT(forbidden_tokens(Tokens{3, 3, 3}, options, kIds), ElementsAre(3));  // the n-gram may overlap itself
}

TEST(Constraints, UnigramsForbidEveryTokenSeen) {
  SearchOptions options;
  options.no_repeat_ngram = 1;
  EXPECT_THAT(forbidden_tokens(Tokens{2, 3}, options, kIds), ElementsAre(2, 3));
}

}  // namespace
}  // namespace mynah::search
