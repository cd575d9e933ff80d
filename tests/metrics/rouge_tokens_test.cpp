#include "metrics/rouge_tokens.h"

#include <gtest/gtest.h>

namespace mynah::metrics {
namespace {

/// Whether both texts give the same tokens.
bool equal(std::string_view a, std::string_view b, RougeTokens tokens = RougeTokens::words) {
  RougeTokenizer tokenizer(tokens);
  return tokenizer.tokenize(a) == tokenizer.tokenize(b);
}

std::size_t count(std::string_view text, RougeTokens tokens = RougeTokens::words) {
  return RougeTokenizer(tokens).tokenize(text).size();
}

TEST(RougeTokens, WordsAreRunsOfLettersAndDigits) {
  EXPECT_EQ(count("The U.S. has 50 states, o'clock!"), 8U);
  EXPECT_EQ(count(" \t--- ,,\n"), 0U);
  EXPECT_TRUE(equal("THE cat", "the-cat"));
  EXPECT_TRUE(equal("caf\u00E9 na\u00EFve", "caf na ve")) << "what is not a … z parts words";
}

TEST(RougeTokens, WordsOfMoreThanThreeLettersAreStemmed) {
  EXPECT_TRUE(equal("running stations", "run station"));
  EXPECT_FALSE(equal("was", "wa")) << "three letters stay as they are";
  EXPECT_FALSE(equal("as his", "a hi"));
}

TEST(RougeTokens, CharactersStandAlone) {
  EXPECT_EQ(count("北京 2022 年"), 1U);
  EXPECT_EQ(count("北京 2022 年", RougeTokens::characters), 4U);
  EXPECT_EQ(count("。，「」", RougeTokens::characters), 0U);
  EXPECT_TRUE(equal("用MRP方法", "用 mrp 方法", RougeTokens::characters));
  EXPECT_FALSE(equal("北京", "京北", RougeTokens::characters));
}

TEST(RougeTokens, LinesAreCutApart) {
  RougeTokenizer tokenizer(RougeTokens::words);
  const auto lines = tokenizer.tokenize_lines("one two\n\nthree\n");
  std::size_t tokens = 0;
  for (const auto& line : lines) tokens += line.size();
  EXPECT_EQ(tokens, 3U);
  EXPECT_EQ(lines.front().size(), 2U);
}

TEST(RougeTokens, AreChosenByLanguageOrScript) {
  EXPECT_EQ(rouge_tokens_for("zh-Hant"), RougeTokens::characters);
  EXPECT_EQ(rouge_tokens_for("ja"), RougeTokens::characters);
  EXPECT_EQ(rouge_tokens_for("de"), RougeTokens::words);
  using Texts = std::vector<std::string>;
  EXPECT_EQ(rouge_tokens_of(Texts{"基于 SOS 的飞行器姿态控制"}), RougeTokens::characters);
  EXPECT_EQ(rouge_tokens_of(Texts{"ภาษาไทย"}), RougeTokens::characters);
  EXPECT_EQ(rouge_tokens_of(Texts{"A paper on the character 中"}), RougeTokens::words);
  EXPECT_EQ(rouge_tokens_of(Texts{"한국어 문장"}), RougeTokens::words);
  EXPECT_EQ(rouge_tokens_of(Texts{}), RougeTokens::words);
}

}  // namespace
}  // namespace mynah::metrics
