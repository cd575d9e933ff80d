#include "documents/language.h"

#include <gtest/gtest.h>

namespace mynah::documents {
namespace {

TEST(Language, IsGuessedByScript) {
  EXPECT_EQ(guess_language("\u4ECA\u5929\u5929\u6C14\u5F88\u597D"), "zh");
  EXPECT_EQ(guess_language("\u6771\u4EAC\u306F\u65E5\u672C\u306E\u9996\u90FD\u3067\u3059\u3002"), "ja");
  EXPECT_EQ(guess_language("\uC11C\uC6B8\uC740 \uD55C\uAD6D\uC758 \uC218\uB3C4"), "ko");
  EXPECT_EQ(guess_language("\u0434\u043E\u0431\u0440\u043E\u0435 \u0443\u0442\u0440\u043E"), "ru");
  EXPECT_EQ(guess_language("\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35"), "th");
  EXPECT_EQ(guess_language("The word \u4E2D in the middle of English is not Chinese."), "en");
}

TEST(Language, IsGuessedBySmallWords) {
  EXPECT_EQ(guess_language("The cat sat on the mat, and that was all there is to it."), "en");
  EXPECT_EQ(guess_language("Die Katze sa\u00DF auf der Matte, und das war f\u00FCr sie nicht genug."), "de");
  EXPECT_EQ(guess_language("Le chat est sur la table et il ne dort pas dans la cuisine."), "fr");
  EXPECT_EQ(guess_language("El gato est\u00E1 en la mesa y no se duerme con los perros."), "es");
  EXPECT_EQ(guess_language("Il gatto non dorme nel letto, ma gli piace una sedia della cucina."), "it");
  EXPECT_EQ(guess_language("De kat zit niet op het bed, maar er is een stoel van hout voor."), "nl");
}

TEST(Language, IsUnknownWhereNothingTells) {
  EXPECT_EQ(guess_language(""), "");
  EXPECT_EQ(guess_language("12:30 \u2014 42 %"), "");
  EXPECT_EQ(guess_language("Xylophon"), "");
}

}  // namespace
}  // namespace mynah::documents
