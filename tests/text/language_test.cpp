#include "text/language.h"

#include <gtest/gtest.h>

namespace mynah {
namespace {

constexpr const char* kEnglish = "The committee decided yesterday that the old bridge should be repaired before winter comes.";
constexpr const char* kGerman =
    "Der Ausschuss hat gestern beschlossen, dass die alte Brücke vor dem Winter repariert werden soll.";
constexpr const char* kFrench = "Le comité a décidé hier que le vieux pont devait être réparé avant l'arrivée de l'hiver.";
constexpr const char* kSerbian = "Odbor je juče odlučio da stari most treba da bude popravljen pre nego što dođe zima.";

TEST(Language, OthersAreNamed) {
  EXPECT_EQ(other_language(kEnglish, "de"), "en");
  EXPECT_EQ(other_language(kGerman, "en"), "de");
  EXPECT_EQ(other_language(kFrench, "de"), "fr");
}

TEST(Language, WhatIsExpectedIsNoOther) {
  EXPECT_EQ(other_language(kEnglish, "en"), "");
  EXPECT_EQ(other_language(kGerman, "de"), "");
  EXPECT_EQ(other_language(kFrench, "fr"), "");
  EXPECT_EQ(other_language(kSerbian, "hr"), "") << "too near to tell";
}

TEST(Language, WhatCannotBeToldIsNoOther) {
  EXPECT_EQ(other_language("", "de"), "");
  EXPECT_EQ(other_language("Hello there", "de"), "") << "short";
  EXPECT_EQ(other_language(kEnglish, ""), "");
  EXPECT_EQ(other_language(kEnglish, "xa"), "") << "no language";
  EXPECT_EQ(other_language("12345 67890 12345 67890 12345 67890 12345 67890", "de"), "");
}

}  // namespace
}  // namespace mynah
