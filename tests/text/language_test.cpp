#include "text/language.h"

#include <gtest/gtest.h>

namespace mynah {
namespace {

TEST(Language, IsTheLikelyOne) {
  EXPECT_EQ(likely_language("The cat sat on the mat, and that was all there is to it."), "en");
  EXPECT_EQ(likely_language("Die Katze saß auf der Matte, und das war für sie nicht genug."), "de");
  EXPECT_EQ(likely_language("Le chat est sur la table et il ne dort pas dans la cuisine."), "fr");
  EXPECT_EQ(likely_language("El gato está en la mesa y no se duerme con los perros."), "es");
  EXPECT_EQ(likely_language("Il gatto non dorme nel letto, ma gli piace una sedia della cucina."), "it");
  EXPECT_EQ(likely_language("De kat zit niet op het bed, maar er is een stoel van hout voor."), "nl");
  EXPECT_EQ(likely_language("Як справи? Сьогодні дуже гарна погода."), "uk");
  EXPECT_EQ(likely_language("שלום, מה שלומך היום?"), "he");
}

TEST(Language, IsLikelyOfAWordOrTwo) {
  EXPECT_EQ(likely_language("Guten Morgen"), "de");
  EXPECT_EQ(likely_language("Good morning"), "en");
  EXPECT_EQ(likely_language("Hallo"), "de");
}

TEST(Language, IsToldByScript) {
  EXPECT_EQ(likely_language("机器学习"), "zh");
  EXPECT_EQ(likely_language("我会唱歌跳舞。"), "zh");
  EXPECT_EQ(likely_language("一隻貓坐在桌子上。"), "zh");
  EXPECT_EQ(likely_language("東京は日本の首都です。"), "ja");
  EXPECT_EQ(likely_language("서울은 한국의 수도"), "ko");
  EXPECT_EQ(likely_language("доброе утро, как дела?"), "ru");
  EXPECT_EQ(likely_language("สวัสดี"), "th");
  EXPECT_EQ(likely_language("The word 中 in the middle of English is not Chinese."), "en");
}

TEST(Language, IsUnknownWhereNothingTells) {
  EXPECT_EQ(likely_language(""), "");
  EXPECT_EQ(likely_language("12:30 — 42 %"), "");
  EXPECT_EQ(likely_language("\xff\xfe\x80"), "");
}

TEST(Language, IsOneOfThoseGiven) {
  EXPECT_EQ(likely_language("Haus", {"de-AT", "en"}), "de-AT");  // alone it is taken for Hmong
  EXPECT_EQ(likely_language("Guten Morgen", {"en", "de"}), "de");
  EXPECT_EQ(likely_language("Good morning", {"de", "en_GB"}), "en_GB");
  EXPECT_EQ(likely_language("Bonjour tout le monde", {"de", "en"}), "");
  EXPECT_EQ(likely_language("42", {"de", "en"}), "");
  EXPECT_EQ(likely_language("Guten Morgen", {}), "");
}

TEST(LanguageInstead, IsNamed) {
  EXPECT_EQ(language_instead("Le chat dort sur le tapis de la cuisine.", "en"), "fr");
  EXPECT_EQ(language_instead("Die Katze schläft auf dem Teppich, und es ist warm.", "en"), "de");
  EXPECT_EQ(language_instead("The cat is asleep on the carpet.", "de"), "en");
  EXPECT_EQ(language_instead("El gato está en la cocina, pero no tiene hambre.", "fr"), "es");
  EXPECT_EQ(language_instead("Il gatto dorme nella cucina della nonna.", "de-AT"), "it");
  EXPECT_EQ(language_instead("O gato não está com os cães na rua.", "en_GB"), "pt");
  EXPECT_EQ(language_instead("De kat ligt niet op het kleed maar bij de haard.", "en"), "nl");
  EXPECT_EQ(language_instead("Kot nie jest na dywanie, ale to jest jego dom.", "en"), "pl");
  EXPECT_EQ(language_instead("Guten Morgen", "en"), "de");
}

TEST(LanguageInstead, IsNoneOfTheExpectedOne) {
  EXPECT_EQ(language_instead("The cat is asleep on the carpet.", "en"), "");
  EXPECT_EQ(language_instead("Die Katze schläft auf dem Teppich, und es ist warm.", "de"), "");
  EXPECT_EQ(language_instead("Le chat dort sur le tapis.", "fr"), "");
  EXPECT_EQ(language_instead("我会唱歌跳舞。", "zh"), "");
  EXPECT_EQ(language_instead("一隻貓坐在桌子上。", "zh-Hant"), "");
}

TEST(LanguageInstead, IsNoneOfNamesTitlesAndDoubtfulText) {
  EXPECT_EQ(language_instead("He saw \"La vie est belle\" in the cinema with his friends and liked it.", "en"), "");
  EXPECT_EQ(language_instead("Das war nie ein Problem.", "de"), "");
  EXPECT_EQ(language_instead("Francisco Pizarro", "de"), "");
  EXPECT_EQ(language_instead("", "en"), "");
}

TEST(LanguageInstead, IsNotJudgedOfALanguageThatIsNotKnown) {
  EXPECT_EQ(language_instead("Le chat dort sur le tapis de la cuisine.", "xx"), "");
  EXPECT_EQ(language_instead("Le chat dort sur le tapis de la cuisine.", ""), "");
}

}  // namespace
}  // namespace mynah
