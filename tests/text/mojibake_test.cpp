#include "text/mojibake.h"

#include <gtest/gtest.h>

namespace mynah {
namespace {

TEST(Mojibake, IsCountedByCharacter) {
  EXPECT_EQ(count_mojibake("FranÃ§ois est trÃ¨s fatiguÃ©."), 3U);
  EXPECT_EQ(count_mojibake("donâ€™t"), 1U);                 // a right quote, by Windows-1252
  EXPECT_EQ(count_mojibake("don\u00E2\u0080\u0099t"), 1U);  // the same, by Latin-1
  EXPECT_EQ(count_mojibake("ä½ å¥½"), 1U);                  // 你好; the second byte of 你 became a plain space
  EXPECT_EQ(count_mojibake("ðŸ˜€"), 1U);
}

TEST(Mojibake, BytesThatWereLostCountAsContinuations) { EXPECT_EQ(count_mojibake("å\uFFFD¥"), 1U); }

TEST(Mojibake, TextInAnyLanguageHasNone) {
  for (const char* text : {"François est très fatigué.", "Größe: 5 µm ± 2 °C, § 3", "ÂNGELA E ÃO", "你好，世界",
                           "«Où ?» — à Zürich…", "señor, ¿qué? ¡Olé!", "Ä¤", "Привет, мир", "plain"}) {
    EXPECT_EQ(count_mojibake(text), text == std::string_view("Ä¤") ? 1U : 0U) << text;
  }
}

TEST(Mojibake, TheFirstOneIsShown) {
  for (const auto& [text, found] : {std::pair("schÃ¶n", "Ã¶"),
                                    {"Ãœbung", "Ãœ"},
                                    {"Ã„rger", "Ã„"},
                                    {"Ã–l", "Ã–"},
                                    {"GrÃ¼ÃŸe", "Ã¼"},
                                    {"itâ€™s", "â€™"},
                                    {"10 â‚¬", "â‚¬"},
                                    {"20Â°C", "Â°"},
                                    {"100\u00C2\u00A0km", "\u00C2\u00A0"},
                                    {"lÃ\u00A0-bas", "Ã\u00A0"},
                                    {"MÄƒrgean", "Äƒ"},
                                    {"ÄŒeskÃ¡ Å¡kola", "ÄŒ"},
                                    {"ÐŸÑ€Ð¸Ð²ÐµÑ‚", "ÐŸ"},
                                    {"æ–‡å­—", "æ–‡"},
                                    {"ðŸ˜€ hi", "ðŸ˜€"},
                                    {"ï»¿first", "ï»¿"},
                                    {"GroÃ\u009Fe", "Ã\u009F"}}) {
    EXPECT_EQ(find_mojibake(text), found) << text;
  }
}

TEST(Mojibake, WhatMayBeRightIsNotShown) {
  for (const char* text : {"",
                           "plain",
                           "Äpfel, Öl, Übung, Straße – „Menü“",
                           "Ça va ? « été », à « l’été »",
                           "déjà vu…",
                           "NÃO",
                           "IRMÃ",
                           "“MANHÔ",
                           "„UNIVERSITÄ“",
                           "LÄ\u00ADNDER",
                           "São Tomé",
                           "Ångström’s Å",
                           "日本語",
                           "Привет",
                           "naïve café’s",
                           "à\u00A0»",
                           "É»",
                           "el Niño “ENSEÑ” »",
                           "Île-de-France",
                           "20 °C, 5 €, 3½, ¿Qué? ¡Sí!",
                           "ÅÄÖ – å”"}) {
    EXPECT_EQ(find_mojibake(text), "") << text;
  }
}

TEST(Mojibake, EveryMisreadLetterIsShown) {
  // Every Latin-1 letter, misread by the definition: each byte of its UTF-8 as a code point.
  for (char32_t letter = 0xC0; letter <= 0xFF; ++letter) {
    const unsigned char second = 0x80 | (letter & 0x3F);
    const std::string misread = {'\xC3', '\x83', '\xC2', static_cast<char>(second)};
    EXPECT_EQ(find_mojibake("x" + misread + "y"), misread) << static_cast<int>(letter);
  }
}

}  // namespace
}  // namespace mynah
