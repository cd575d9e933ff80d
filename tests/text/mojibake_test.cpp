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

}  // namespace
}  // namespace mynah
