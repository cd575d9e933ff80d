#include "text/numbers.h"

#include <gmock/gmock.h>

#include "text/chinese_numbers.h"

namespace mynah {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> digits(std::string_view text) {
  std::vector<std::string> all;
  for (const Number& number : find_numbers(text)) all.push_back(number.digits);
  return all;
}

std::vector<std::string> missing(std::string_view source, std::string_view target, std::string_view language) {
  std::vector<std::string> all;
  for (const Number& number : missing_numbers(source, target, language)) all.push_back(number.text);
  return all;
}

TEST(Numbers, GroupingAndDecimalMarksAreOfOneNumber) {
  EXPECT_THAT(digits("1,500 and 1.500 and 1 500 and 1\u202F500 and 1'500 and 1500"),
              ElementsAre("1500", "1500", "1500", "1500", "1500", "1500"));
  EXPECT_THAT(digits("3.14, 3,14; 12 345 678"), ElementsAre("314", "314", "12345678"));
}

TEST(Numbers, OtherThingsSeparateThem) {
  EXPECT_THAT(digits("10:30, 24/7, 5-6"), ElementsAre("10", "30", "24", "7", "5", "6"));
  EXPECT_THAT(digits("in 2020 300 came; 12 34"), ElementsAre("2020", "300", "12", "34"));
  EXPECT_THAT(digits("1, 2, 3."), ElementsAre("1", "2", "3"));
}

TEST(Numbers, DigitsOfAnyScriptCount) { EXPECT_THAT(digits("１５００ ١٢٣ १२"), ElementsAre("1500", "123", "12")); }

TEST(Numbers, AddressesAndPlaceholdersHaveNone) { EXPECT_THAT(digits("see https://example.org/2024 and {0}, %1$s"), IsEmpty()); }

TEST(Numbers, ChineseNumeralsHaveValues) {
  EXPECT_THAT(chinese_numbers("一千五百人"), ElementsAre("1500"));
  EXPECT_THAT(chinese_numbers("二〇二四年三月十五日"), ElementsAre("2024", "3", "15"));
  EXPECT_THAT(chinese_numbers("十二、二十、两千零八、三亿五千万"), ElementsAre("12", "20", "2008", "350000000"));
  EXPECT_THAT(chinese_numbers("150万和3千"), ElementsAre("1500000", "3000"));
  EXPECT_THAT(chinese_numbers("没有"), IsEmpty());
}

TEST(Numbers, SurviveAnotherGroupingOrScale) {
  EXPECT_THAT(missing("more than 1,500 people", "mehr als 1.500 Menschen", "de"), IsEmpty());
  EXPECT_THAT(missing("more than 1,500 people", "plus de 1\u202F500 personnes", "fr"), IsEmpty());
  EXPECT_THAT(missing("more than 1,500 people", "超过１５００人", "zh"), IsEmpty());
  EXPECT_THAT(missing("1,500,000 people", "1,5 Millionen Menschen", "de"), IsEmpty());
  EXPECT_THAT(missing("1,500,000 people", "150万人", "zh"), IsEmpty());
  EXPECT_THAT(missing("It costs $12.50.", "Es kostet 12,5 Dollar.", "de"), IsEmpty());
}

TEST(Numbers, SurviveAsWords) {
  EXPECT_THAT(missing("He has 3 cats and 12 dogs.", "Er hat drei Katzen und zwölf Hunde.", "de"), IsEmpty());
  EXPECT_THAT(missing("the 2nd and the 3rd day", "le deuxième et le troisième jour", "fr"), IsEmpty());
  EXPECT_THAT(missing("He has 21 cats.", "Er hat einundzwanzig Katzen.", "de"), IsEmpty());
  EXPECT_THAT(missing("1 cat", "eine Katze", "de"), IsEmpty());
  EXPECT_THAT(missing("He has 3 cats.", "У него три кошки.", "ru"), IsEmpty());
  EXPECT_THAT(missing("He has 2 cats.", "他有两只猫。", "zh"), IsEmpty());
  EXPECT_THAT(missing("in 1912", "一九一二年", "zh"), IsEmpty());
  EXPECT_THAT(missing("5月3日", "3 May", "en"), IsEmpty());
}

TEST(Numbers, SurviveAsOrdinalsCenturiesAndHours) {
  EXPECT_THAT(missing("the 19th century", "le XIXe siècle", "fr"), IsEmpty());
  EXPECT_THAT(missing("the 19th century", "das 19. Jahrhundert", "de"), IsEmpty());
  EXPECT_THAT(missing("at 3:30 pm", "um 15.30 Uhr", "de"), IsEmpty());
  EXPECT_THAT(missing("05/08/2020", "5. 8. 2020", "de"), IsEmpty());
}

TEST(Numbers, AreMissedWhenTheyAreNotThere) {
  EXPECT_THAT(missing("more than 1,500 people", "mehr als 1.050 Menschen", "de"), ElementsAre("1,500"));
  EXPECT_THAT(missing("in 1912", "im Jahr 1921", "de"), ElementsAre("1912"));
  EXPECT_THAT(missing("10:30 and 45", "um zehn Uhr", "de"), ElementsAre("30", "45"));
  EXPECT_THAT(missing("He has 7 cats.", "Он любит кошек.", "ru"), ElementsAre("7"));
  EXPECT_THAT(missing("价格是3500元", "The price is low.", "en"), ElementsAre("3500"));
  EXPECT_THAT(missing("3 cats", "gatas", "xx-unknown"), ElementsAre("3"));
  EXPECT_THAT(missing("no number", "keine 5", "de"), IsEmpty());
}

TEST(Numbers, AsLongAsALineAreOnlyDigits) {
  const std::string digits(5000, '7');
  EXPECT_THAT(missing(digits, digits, "de"), IsEmpty());
  EXPECT_EQ(missing(digits, "nichts", "de").size(), 1U);
  EXPECT_EQ(chinese_numbers("亿亿亿亿亿亿").size(), 1U);
}

}  // namespace
}  // namespace mynah
