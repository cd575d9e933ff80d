#include "metrics/bleu_tokenizers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "metrics/ngrams.h"

namespace mynah::metrics {
namespace {

std::u32string tokens(std::string_view tokenizer, std::u32string_view text) {
  const std::u32string tokenized = bleu_tokenizer(tokenizer)(text);
  std::u32string joined;
  for (const std::u32string_view word : words(tokenized)) {
    if (!joined.empty()) joined += U' ';
    joined += word;
  }
  return joined;
}

TEST(BleuTokenizers, Western) {
  EXPECT_EQ(tokens("13a", U"Hello, (big) world!"), U"Hello , ( big ) world !");
  EXPECT_EQ(tokens("13a", U"It costs 1,500.50 today."), U"It costs 1,500.50 today .");
  EXPECT_EQ(tokens("13a", U"In 1999."), U"In 1999 .");
  EXPECT_EQ(tokens("13a", U"well-known 2019-20 isn't"), U"well-known 2019 - 20 isn't");
  EXPECT_EQ(tokens("13a", U"wait..."), U"wait . . .");
  EXPECT_EQ(tokens("13a", U".5 and U.S."), U". 5 and U . S .");
}

TEST(BleuTokenizers, WesternUndoesMarkup) {
  EXPECT_EQ(tokens("13a", U"AT&amp;T &quot;x&quot; &lt;b&gt;"), U"AT & T \" x \" < b >");
  EXPECT_EQ(tokens("13a", U"<skipped>a"), U"a");
  EXPECT_EQ(tokens("13a", U"co-\nop\nx"), U"coop x");
}

TEST(BleuTokenizers, Chinese) {
  EXPECT_EQ(tokens("zh", U"今天很好，OK?"), U"今 天 很 好 ， OK ?");
  EXPECT_EQ(tokens("zh", U"他说“好”"), U"他 说 “ 好 ”");
  EXPECT_EQ(tokens("zh", U"在2020."), U"在 2020.") << "unlike 13a, no space is thought behind the last character";
  EXPECT_EQ(tokens("zh", U"\U00020000\U00020001"), U"\U00020000\U00020001") << "extension B is not set apart";
}

TEST(BleuTokenizers, International) {
  EXPECT_EQ(tokens("intl", U"„Ja“, sagte er… 5€"), U"„ Ja “ , sagte er … 5 €");
  EXPECT_EQ(tokens("intl", U"1,5 x,5"), U"1,5 x , 5");
  EXPECT_EQ(tokens("intl", U"۱،۵"), U"۱،۵") << "digits of any script";
}

TEST(BleuTokenizers, CharactersAndNothing) {
  EXPECT_EQ(tokens("char", U"ab c"), U"a b c");
  EXPECT_EQ(tokens("none", U" a,  b. "), U"a, b.");
}

TEST(BleuTokenizers, FitTheTargetLanguage) {
  EXPECT_EQ(bleu_tokenizer_for("zh"), "zh");
  EXPECT_EQ(bleu_tokenizer_for("zh_CN"), "zh");
  EXPECT_EQ(bleu_tokenizer_for("cmn-Hans"), "zh");
  EXPECT_EQ(bleu_tokenizer_for("ja"), "char");
  EXPECT_EQ(bleu_tokenizer_for("de"), "13a");
  EXPECT_EQ(bleu_tokenizer_for(""), "13a");
}

TEST(BleuTokenizers, NameWhatThereIs) {
  EXPECT_THAT(bleu_tokenizer_names(), testing::ElementsAre("13a", "zh", "intl", "char", "none"));
  for (const std::string& name : bleu_tokenizer_names()) EXPECT_NO_THROW(bleu_tokenizer(name));
  EXPECT_THAT([] { bleu_tokenizer("ja-mecab"); },
              testing::ThrowsMessage<UsageError>(testing::HasSubstr("no tokenization 'ja-mecab': expected 13a, zh")));
}

}  // namespace
}  // namespace mynah::metrics
