#include "text/function_words.h"

#include <gtest/gtest.h>

namespace mynah {
namespace {

TEST(FunctionWords, TellTheLanguageOfASentence) {
  EXPECT_EQ(language_instead("Le chat dort sur le tapis de la cuisine.", "en"), "fr");
  EXPECT_EQ(language_instead("Die Katze schläft auf dem Teppich, und es ist warm.", "en"), "de");
  EXPECT_EQ(language_instead("The cat is asleep on the carpet.", "de"), "en");
  EXPECT_EQ(language_instead("El gato está en la cocina, pero no tiene hambre.", "fr"), "es");
  EXPECT_EQ(language_instead("Il gatto dorme nella cucina della nonna.", "de-AT"), "it");
  EXPECT_EQ(language_instead("O gato não está com os cães na rua.", "en_GB"), "pt");
  EXPECT_EQ(language_instead("De kat ligt niet op het kleed maar bij de haard.", "en"), "nl");
  EXPECT_EQ(language_instead("Kot nie jest na dywanie, ale to jest jego dom.", "en"), "pl");
}

TEST(FunctionWords, TheExpectedLanguageIsFine) {
  EXPECT_EQ(language_instead("The cat is asleep on the carpet.", "en"), "");
  EXPECT_EQ(language_instead("Die Katze schläft auf dem Teppich, und es ist warm.", "de"), "");
  EXPECT_EQ(language_instead("Le chat dort sur le tapis.", "fr"), "");
}

TEST(FunctionWords, NamesTitlesAndShortTextLeaveDoubt) {
  EXPECT_EQ(language_instead("Le Monde", "en"), "");
  EXPECT_EQ(language_instead("Microsoft Visual Studio", "de"), "");
  EXPECT_EQ(language_instead("He saw \"La vie est belle\" in the cinema with his friends and liked it.", "en"), "");
  EXPECT_EQ(language_instead("Tom aime courir.", "en"), "");
  EXPECT_EQ(language_instead("", "en"), "");
}

TEST(FunctionWords, OtherLanguagesAreNotJudged) {
  EXPECT_EQ(language_instead("Le chat dort sur le tapis de la cuisine.", "vi"), "");
  EXPECT_EQ(language_instead("Le chat dort sur le tapis de la cuisine.", ""), "");
}

TEST(FunctionWords, GiveTheMostLikelyLanguage) {
  EXPECT_EQ(most_likely_language("The cat is asleep on the carpet."), "en");
  EXPECT_EQ(most_likely_language("Tom aime courir dans les bois."), "fr");
  EXPECT_EQ(most_likely_language("Die Katze"), "de");
  EXPECT_EQ(most_likely_language("Xylophon 42"), "");
  EXPECT_EQ(most_likely_language(""), "");
}

}  // namespace
}  // namespace mynah
